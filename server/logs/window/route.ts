import 'server-only'
import { z } from 'zod'
import { CodedError, errorCode } from '#lib/api/errors'
import { LineBatch } from '#lib/logs/line-batch'
import { toLogLines } from '#lib/logs/wire'
import { parseTime } from '#lib/logs/place'
import type { WindowMessage } from '#lib/logs/window'
import type { Session } from '#server/auth/policy'
import { readQuery } from '#server/http/handle'
import { jsonLineStream } from '#server/http/json-line-stream'
import { unreadableDriver } from '../log-engine.ts'
import { toSource } from '../log-stream.ts'
import { feeds } from '../requests.ts'
import { logTargetParams, targetContainers } from '../target.ts'
import { type LogWindow, readEngineWindow } from './engine-window.ts'
import { mergeWindows } from './merge-window.ts'

const maxLines = 20_000
const readsAtOnce = 4

const params = z.object({
  ...logTargetParams.shape,
  at: z.string(),
  before: z.coerce.number().int().min(0).max(maxLines).default(500),
  after: z.coerce.number().int().min(0).max(maxLines).default(500),
})

/**
 * `GET /api/logs/window?project=|containers=&services=&at=seconds.nanoseconds&before=&after=`: the lines around a time,
 * merged, as JSON lines of lib/logs/window.ts.
 */
export async function windowRoute(request: Request, session: Session): Promise<Response> {
  const { at: text, before, after, ...target } = readQuery(request, params)
  const at = parseTime(text)
  if (!at) throw new CodedError('bad_request', 'at: must be seconds, a point and nine digits of nanoseconds.')
  const containers = await targetContainers(session, target)
  const leaving = new AbortController()
  const signal = AbortSignal.any([request.signal, leaving.signal])
  const size = { before, after }
  const messages = async function* (): AsyncGenerator<WindowMessage> {
    yield { type: 'sources', sources: containers.map(toSource) }
    const windows: LogWindow[] = []
    for (let first = 0; first < containers.length; first += readsAtOnce)
      windows.push(
        ...(await Promise.all(
          containers
            .slice(first, first + readsAtOnce)
            .map(({ id }) =>
              readEngineWindow(feeds().engine, id, at, size, signal).catch(nothingIfUnreadable),
            ),
        )),
      )
    const { lines, hasOlder, hasNewer } = mergeWindows(windows, size)
    yield* toLogLines(lines)
    yield { type: 'end', hasOlder, hasNewer }
  }
  return jsonLineStream(request, messages(), leaving)
}

/** What cannot be read has no lines here; the other containers have. */
function nothingIfUnreadable(error: unknown): LogWindow {
  if (unreadableDriver(error) === null && errorCode(error) !== 'container_not_found') throw error
  return { before: new LineBatch(), after: new LineBatch(), hasOlder: false, hasNewer: false }
}
