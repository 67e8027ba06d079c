import 'server-only'
import { z } from 'zod'
import { CodedError } from '#lib/api/errors'
import { toLogLines } from '#lib/logs/wire'
import { parseTime } from '#lib/logs/place'
import type { WindowMessage } from '#lib/logs/window'
import type { Session } from '#server/auth/policy'
import { readQuery } from '#server/http/handle'
import { jsonLineStream } from '#server/http/json-line-stream'
import { logTargetParams, targetSources, toLogSource } from '../target.ts'
import type { LogWindow } from './engine-window.ts'
import { readWindow } from './joined-window.ts'
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
  const sources = await targetSources(session, target)
  const leaving = new AbortController()
  const signal = AbortSignal.any([request.signal, leaving.signal])
  const size = { before, after }
  const messages = async function* (): AsyncGenerator<WindowMessage> {
    yield { type: 'sources', sources: sources.map(toLogSource) }
    const windows: LogWindow[] = []
    for (let first = 0; first < sources.length; first += readsAtOnce) {
      const some = sources.slice(first, first + readsAtOnce)
      windows.push(...(await Promise.all(some.map((source) => readWindow(source, at, size, signal)))))
    }
    const { lines, hasOlder, hasNewer } = mergeWindows(windows, size)
    yield* toLogLines(lines)
    yield { type: 'end', hasOlder, hasNewer }
  }
  return jsonLineStream(request, messages(), leaving)
}
