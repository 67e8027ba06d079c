import 'server-only'
import { z } from 'zod'
import { CodedError } from '#lib/api/errors'
import type { HistoryContainer } from '#lib/api/history'
import { type LineCursor, parseCursor } from '#lib/logs/cursor'
import { toMs } from '#lib/logs/nano-time'
import { type LogMessage, toLogLines } from '#lib/logs/wire'
import { modelContainer } from '#server/engine/model/live-model'
import { jsonLineStream } from '#server/http/json-line-stream'
import { hasEarlierKept, listKept, olderGenerations, timelineOf } from './kept/kept-containers.ts'
import { generationOf, keptPage } from './kept/older-kept.ts'
import { feeds } from './follow/live-feeds.ts'
import { readBefore } from './read-history.ts'
import { findLogged } from './requests.ts'

const query = z.object({
  before: z.string(),
  limit: z.coerce.number().int().min(1).max(2_000_000).default(2_000),
  held: z.coerce.number().int().min(0).max(100_000_000).default(0),
})

type OlderMessage = LogMessage | { type: 'end'; isFromStart: boolean }

/**
 * `GET /api/containers/{id}/logs?before=cursor&limit=&held=`: about `limit` lines in front of a cursor as JSON lines of
 * wire messages, oldest first; the last line of the answer is `{"type":"end","isFromStart":...}`. `held`: lines the
 * caller has from the cursor on, which says how far back to begin. Goes on into the archive: what the Engine no longer
 * has, and the containers that stood in this one's place before it.
 */
export async function olderLines(request: Request, id: string): Promise<Response> {
  const parsed = query.safeParse(Object.fromEntries(new URL(request.url).searchParams))
  const cursor = parsed.success ? parseCursor(parsed.data.before) : null
  if (!parsed.success || !cursor)
    throw new CodedError('bad_request', 'before must be a cursor, limit and held numbers.')
  const logged = await findLogged(id)
  const containerId = 'container' in logged ? logged.container.id : logged.kept.containerId
  const target = 'container' in logged ? timelineOf(logged.container) : keptTimeline(logged.kept)
  const leaving = new AbortController()
  const signal = AbortSignal.any([request.signal, leaving.signal])
  const { limit, held } = parsed.data
  const older = new Older(containerId, await listKept([target]), { limit, heldCount: held }, signal)
  return jsonLineStream(request, older.messages(cursor), leaving)
}

function keptTimeline({ project, service, number, containerId, isOneOff }: HistoryContainer) {
  return service && !isOneOff ? { project, service, number } : { containerId }
}

/** Where the lines in front of a cursor are, and what is in front of those. */
class Older {
  readonly #containerId: string
  readonly #kept: HistoryContainer[]
  readonly #options: { limit: number; heldCount: number }
  readonly #signal: AbortSignal

  constructor(
    containerId: string,
    kept: HistoryContainer[],
    options: { limit: number; heldCount: number },
    signal: AbortSignal,
  ) {
    this.#containerId = containerId
    this.#kept = kept
    this.#options = options
    this.#signal = signal
  }

  async *messages(cursor: LineCursor): AsyncGenerator<OlderMessage> {
    const own = this.#kept.filter(({ containerId }) => containerId === this.#containerId)
    const generations = [...own, ...olderGenerations(this.#kept, this.#containerId)]
    const generation = await generationOf(generations, cursor, this.#signal)
    if (generation) {
      const page = yield* keptPage(generation.containerId, cursor, this.#options.limit, this.#signal)
      // The archive may have let go of lines that the Engine still has.
      const isAtEngine = generation.letGoLines > 0 && modelContainer(generation.containerId) !== null
      if (page.lineCount > 0 || !page.isFromStart) {
        const hasMore = !page.isFromStart || isAtEngine || this.#before(generation.containerId) !== null
        yield { type: 'end', isFromStart: !hasMore }
        return
      }
      if (!isAtEngine) {
        yield* this.#generationBefore(generation.containerId)
        return
      }
    }
    yield* this.#fromEngine(cursor)
  }

  async *#fromEngine(cursor: LineCursor): AsyncGenerator<OlderMessage> {
    let isFromStart = true
    let first: LineCursor | null = null
    if (modelContainer(this.#containerId)) {
      const { engine } = feeds()
      for await (const page of readBefore(engine, this.#containerId, cursor, this.#options, this.#signal)) {
        isFromStart = page.isFromStart
        if (page.batch.count > 0) first ??= page.batch.cursorOf(0)
        yield* toLogLines(page.batch)
      }
    }
    if (!isFromStart) yield { type: 'end', isFromStart }
    else if (first === null) yield* this.#generationBefore(this.#containerId)
    else yield { type: 'end', isFromStart: !hasEarlierKept(this.#kept, this.#containerId, toMs(first)) }
  }

  /** The end of the log of the container that stood here before. */
  async *#generationBefore(containerId: string): AsyncGenerator<OlderMessage> {
    const before = this.#before(containerId)
    if (!before) {
      yield { type: 'end', isFromStart: true }
      return
    }
    const page = yield* keptPage(before.containerId, null, this.#options.limit, this.#signal)
    yield { type: 'end', isFromStart: page.isFromStart && this.#before(before.containerId) === null }
  }

  #before(containerId: string): HistoryContainer | null {
    return olderGenerations(this.#kept, containerId).find(({ lineCount }) => lineCount > 0) ?? null
  }
}
