import 'server-only'
import { z } from 'zod'
import { CodedError } from '#lib/api/errors'
import { parseCursor } from '#lib/logs/cursor'
import { type LogMessage, toLogLines } from '#lib/logs/wire'
import { jsonLineStream } from '#server/http/json-line-stream'
import { readBefore } from './read-history.ts'
import { feeds, findContainer } from './requests.ts'

const query = z.object({
  before: z.string(),
  limit: z.coerce.number().int().min(1).max(2_000_000).default(2_000),
  held: z.coerce.number().int().min(0).max(100_000_000).default(0),
})

/**
 * `GET /api/containers/{id}/logs?before=cursor&limit=&held=`: about `limit` lines in front of a cursor as JSON lines of
 * wire messages, oldest first; the last line of the answer is `{"type":"end","isFromStart":...}`. `held`: lines the
 * caller has from the cursor on, which says how far back to begin.
 */
export async function olderLines(request: Request, id: string): Promise<Response> {
  const parsed = query.safeParse(Object.fromEntries(new URL(request.url).searchParams))
  const cursor = parsed.success ? parseCursor(parsed.data.before) : null
  if (!parsed.success || !cursor)
    throw new CodedError('bad_request', 'before must be a cursor, limit and held numbers.')
  const container = await findContainer(id)
  const leaving = new AbortController()
  const signal = AbortSignal.any([request.signal, leaving.signal])
  const { limit, held } = parsed.data
  const pages = readBefore(feeds().engine, container.id, cursor, { limit, heldCount: held }, signal)
  return jsonLineStream(request, messages(pages), leaving)
}

async function* messages(
  pages: ReturnType<typeof readBefore>,
): AsyncGenerator<LogMessage | { type: 'end'; isFromStart: boolean }> {
  let isFromStart = false
  for await (const page of pages) {
    isFromStart = page.isFromStart
    yield* toLogLines(page.batch)
  }
  yield { type: 'end', isFromStart }
}
