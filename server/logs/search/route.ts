import 'server-only'
import { z } from 'zod'
import { CodedError } from '#lib/api/errors'
import type { Container } from '#lib/docker/container'
import { compilePattern } from '#lib/logs/search/pattern'
import { logQueryParams, queryFromParams } from '#lib/logs/search/query'
import type { SearchMessage } from '#lib/logs/search/wire'
import { firstSnapshot } from '#server/engine/live-model'
import { readQuery } from '#server/http/handle'
import { jsonLineStream } from '#server/http/json-line-stream'
import { processWide } from '#server/process-wide'
import { findContainer } from '../requests.ts'
import { searchLogs } from './search-logs.ts'

/** Searches at once, of everybody: each has threads of its own. */
const maxSearches = 6
const maxListed = 20_000
const standardListed = 10_000

export const logTargetParams = z.object({
  project: z.string().min(1).max(255).optional(),
  containers: z.string().max(20_000).optional(),
  services: z.string().max(5_000).optional(),
})

const params = z.object({
  ...logTargetParams.shape,
  ...logQueryParams.shape,
  limit: z.coerce.number().int().min(0).max(maxListed).default(standardListed),
})

const listOf = (text: string | undefined): string[] => (text ? text.split(',').filter(Boolean) : [])

/**
 * `GET /api/logs/search?project=|containers=&services=&q=&regex=1&case=1&invert=1&levels=&stream=&since=&until=&limit=`:
 * looks through all there is, as JSON lines of lib/logs/search/wire.ts. Without a target: every container.
 */
export async function searchRoute(request: Request): Promise<Response> {
  const { limit, ...given } = readQuery(request, params)
  const query = queryFromParams(given)
  const { error } = compilePattern(query)
  if (error) throw new CodedError('bad_request', `${error}.`)
  const containers = await targetContainers(given)
  const leaving = new AbortController()
  const signal = AbortSignal.any([request.signal, leaving.signal])
  const messages = counted(searchLogs({ containers, query, limit, signal }), enter(signal))
  return jsonLineStream(request, messages, leaving)
}

/** The containers of `project`, or those of `containers`, or all; of them the `services` (or names) that are asked for. */
export async function targetContainers(target: z.infer<typeof logTargetParams>): Promise<Container[]> {
  const { containers } = await firstSnapshot()
  const ids = listOf(target.containers)
  const services = new Set(listOf(target.services))
  const chosen =
    ids.length > 0
      ? await Promise.all(ids.map(findContainer))
      : containers.filter(({ compose }) => !target.project || compose?.project === target.project)
  return chosen.filter(({ name, compose }) => services.size === 0 || services.has(compose?.service || name))
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
