import 'server-only'
import { isAlive } from '#lib/docker/containers/container'
import { LevelHistogram } from '#lib/logs/search/histogram'
import type { LogQuery } from '#lib/logs/search/query'
import type { SearchEnd, SearchMessage, SearchProgress } from '#lib/logs/search/wire'
import { engineAddress } from '#server/engine/client/client'
import { Bell } from '#server/bell'
import { historyPlace } from '#server/history/place'
import { type TargetSource, toLogSource } from '../target.ts'
import { SearchThreads } from './search-threads.ts'
import type { ThreadMessage, ThreadProgress } from './thread-protocol.ts'

const minCapPerSource = 500

export interface SearchRequest {
  sources: readonly TargetSource[]
  query: LogQuery
  /** Hits listed at most, all containers together; more are only counted. */
  limit: number
  signal: AbortSignal
}

/** Looks through all there is of these containers' logs; see lib/logs/search/wire.ts for what it yields. Ends within a moment of `signal`. */
export async function* searchLogs(request: SearchRequest): AsyncGenerator<SearchMessage> {
  const { sources, signal } = request
  const capPerSource =
    request.limit === 0
      ? 0
      : Math.max(minCapPerSource, Math.ceil(request.limit / Math.max(1, sources.length)))
  yield { type: 'sources', sources: sources.map(toLogSource), capPerSource }
  const run = new SearchRun(request, capPerSource)
  const stop = (): void => run.stop()
  signal.addEventListener('abort', stop, { once: true })
  try {
    if (!signal.aborted) yield* run.messages()
  } finally {
    signal.removeEventListener('abort', stop)
    run.stop()
  }
}

class SearchRun {
  readonly #bell = new Bell()
  readonly #signal: AbortSignal
  readonly #startedAtMs = performance.now()
  readonly #sources: ThreadProgress[]
  readonly #threads: SearchThreads | null
  #queue: SearchMessage[] = []
  readonly #histograms = new Map<string, ThreadMessage & { type: 'progress' }>()
  #hasProgress = false
  #hasHistogram = false
  #end: SearchEnd | null = null

  constructor(request: SearchRequest, capPerSource: number) {
    const { sources, query, signal } = request
    this.#signal = signal
    this.#sources = sources.map((_, index) => ({
      index,
      scannedCount: 0,
      hitCount: 0,
      fraction: 0,
      state: 'searching',
      detail: '',
    }))
    if (sources.length === 0) {
      this.#threads = null
      this.#end = { type: 'end', reason: 'complete' }
      return
    }
    this.#threads = new SearchThreads(
      sources.map(({ containerId, container }, index) => ({
        index,
        containerId,
        isInEngine: container !== null,
        hasTty: container?.hasTty ?? false,
        isAlive: container !== null && isAlive(container),
      })),
      { query, address: engineAddress(), archive: historyPlace(), capPerSource },
      { onMessage: (message) => this.#take(message), onEnd: (...end) => this.#finish(...end) },
    )
  }

  stop(): void {
    this.#threads?.kill()
    this.#bell.ring()
  }

  async *messages(): AsyncGenerator<SearchMessage> {
    while (!this.#signal.aborted) {
      const ready = this.#queue
      this.#queue = []
      yield* ready
      if (this.#hasProgress) yield this.#progress()
      if (this.#hasHistogram) yield this.#histogram()
      if (this.#queue.length > 0) continue
      if (this.#end) {
        yield this.#end
        return
      }
      await this.#bell.wait(this.#signal)
    }
  }

  #take(message: ThreadMessage): void {
    if (message.type === 'lines') this.#queue.push(...message.lines)
    if (message.type === 'progress') {
      this.#hasProgress = true
      for (const progress of message.sources) this.#sources[progress.index] = progress
      if (message.histogram) {
        this.#hasHistogram = true
        this.#histograms.set(message.sources.map(({ index }) => index).join(), message)
      }
    }
    this.#bell.ring()
  }

  #finish(reason: 'complete' | 'runaway' | 'failed', detail: string): void {
    const failed = this.#sources.filter((source) => source.state === 'failed')
    this.#end =
      reason === 'complete' && failed.length > 0
        ? { type: 'end', reason: 'partial', detail: failed[0]?.detail ?? '' }
        : { type: 'end', reason, ...(detail ? { detail } : {}) }
    this.#bell.ring()
  }

  #progress(): SearchProgress {
    this.#hasProgress = false
    const sum = (of: (source: ThreadProgress) => number): number =>
      this.#sources.reduce((total, source) => total + of(source), 0)
    return {
      type: 'progress',
      scannedCount: sum((source) => source.scannedCount),
      hitCount: sum((source) => source.hitCount),
      elapsedMs: Math.round(performance.now() - this.#startedAtMs),
      fraction: sum((source) => source.fraction) / Math.max(1, this.#sources.length),
      sources: this.#sources.map(({ index, scannedCount, hitCount, state, detail }) => ({
        index,
        scannedCount,
        hitCount,
        state,
        ...(detail ? { detail } : {}),
      })),
    }
  }

  #histogram(): SearchMessage {
    this.#hasHistogram = false
    const all = new LevelHistogram()
    for (const { histogram } of this.#histograms.values()) if (histogram) all.merge(histogram)
    return { type: 'histogram', ...all.read() }
  }
}
