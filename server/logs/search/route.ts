import 'server-only'
import { z } from 'zod'
import { CodedError } from '#lib/api/errors'
import { compilePattern } from '#lib/logs/search/pattern'
import { logQueryParams, queryFromParams } from '#lib/logs/search/query-request'
import type { SearchMessage } from '#lib/logs/search/wire'
import type { Session } from '#server/auth/policy'
import { readQuery } from '#server/http/handle'
import { jsonLineStream } from '#server/http/json-line-stream'
import { processWide } from '#server/process-wide'
import { logTargetParams, targetSources } from '../target.ts'
import { searchLogs } from './search-logs.ts'

/** Searches at once, of everybody: each has threads of its own. */
const maxSearches = 6
const maxListed = 20_000
const standardListed = 10_000

const params = z.object({
  ...logTargetParams.shape,
  ...logQueryParams.shape,
  limit: z.coerce.number().int().min(0).max(maxListed).default(standardListed),
})

/**
 * `GET /api/logs/search?project=|containers=&services=&q=&regex=1&case=1&invert=1&levels=&stream=&since=&until=&limit=`:
 * looks through all there is, as JSON lines of lib/logs/search/wire.ts. Without a target: every container.
 */
export async function searchRoute(request: Request, session: Session): Promise<Response> {
  const { limit, ...given } = readQuery(request, params)
  const query = queryFromParams(given)
  const { error } = compilePattern(query)
  if (error) throw new CodedError('bad_request', `${error}.`)
  const sources = await targetSources(session, given)
  const leaving = new AbortController()
  const signal = AbortSignal.any([request.signal, leaving.signal])
  const messages = counted(searchLogs({ sources, query, limit, signal }), enter(signal))
  return jsonLineStream(request, messages, leaving)
}

const running = (): { count: number } => processWide('logs.searches', () => ({ count: 0 }))

/** Takes a place among the searches until `signal` aborts or the search is through. */
function enter(signal: AbortSignal): () => void {
  const searches = running()
  if (searches.count >= maxSearches)
    throw new CodedError('too_many_streams', `${maxSearches} searches run already.`, {
      hint: 'Wait for one to end, or stop one in another tab.',
    })
  searches.count += 1
  let isIn = true
  const leave = (): void => {
    if (isIn) searches.count -= 1
    isIn = false
  }
  // Who goes away before the first message was asked for never runs the generator's `finally`.
  signal.addEventListener('abort', leave, { once: true })
  return leave
}

async function* counted(
  messages: AsyncGenerator<SearchMessage>,
  leave: () => void,
): AsyncGenerator<SearchMessage> {
  try {
    yield* messages
  } finally {
    leave()
  }
}
