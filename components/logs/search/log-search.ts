import { openStream } from '#lib/api/client'
import { paths } from '#lib/api/paths'
import type { LevelCounts } from '#lib/logs/search/histogram'
import { type Hit, HitList, listedUntil } from '#lib/logs/search/hit-list'
import { type LogQuery, queryToParams } from '#lib/logs/search/query'
import type { SearchEnd, SearchMessage, SearchProgress } from '#lib/logs/search/wire'
import type { LogSource } from '#lib/logs/wire'
import { FrameQueue } from '../session/frame-queue.ts'
import { readJsonLines } from '../session/json-lines.ts'

export interface SearchOrder {
  /** Parameters that say whose logs: `project`, `containers`, `services`. */
  target: Record<string, string>
  query: LogQuery
  /** Hits that are listed; 0 only counts. */
  limit: number
}

/** One search after the other through all there is. Outside React; tells `subscribe`rs at most once a frame. */
export class LogSearch {
  readonly #listeners = new Set<() => void>()
  readonly #queue = new FrameQueue<SearchMessage>({
    take: (message) => this.#take(message),
    spare: () => false,
    onFrame: () => this.#tell(),
  })
  #running: AbortController | null = null
  #list = new HitList(0)
  #version = 0
  sources: readonly LogSource[] = []
  progress: SearchProgress | null = null
  histogram: LevelCounts | null = null
  end: SearchEnd | null = null
  /** Somebody stopped it. */
  isStopped = false
  error = ''

  get isRunning(): boolean {
    return this.#running !== null
  }

  /** Newest first. */
  get hits(): readonly Hit[] {
    return this.#list.all
  }

  /** How many of `hits` are listed without a hole; behind those some are only counted. Null: all. */
  get listedUntil(): number | null {
    if (!this.progress) return null
    return listedUntil(
      this.hits,
      new Map(this.progress.sources.map((source) => [source.index, source.hitCount])),
    )
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly getVersion = (): number => this.#version

  /** Begins a search; one that runs is left. */
  start(order: SearchOrder): void {
    this.#leave()
    this.#list = new HitList(0)
    this.progress = null
    this.histogram = null
    this.end = null
    this.isStopped = false
    this.error = ''
    const running = new AbortController()
    this.#running = running
    this.#queue.schedule()
    void this.#run(order, running)
  }

  /** Ends the search that runs; what was found stays. */
  stop(): void {
    if (!this.#running) return
    this.isStopped = true
    this.#leave()
    this.#queue.schedule()
  }

  /** Forgets everything. */
  clear(): void {
    this.#leave()
    this.#list = new HitList(0)
    this.progress = null
    this.histogram = null
    this.end = null
    this.error = ''
    this.#queue.schedule()
  }

  #leave(): void {
    this.#running?.abort()
    this.#running = null
    this.#queue.flush()
  }

  async #run({ target, query, limit }: SearchOrder, running: AbortController): Promise<void> {
    const params = new URLSearchParams({ ...target, ...queryToParams(query), limit: String(limit) })
    try {
      const response = await openStream(`${paths.logSearch}?${params.toString()}`, { signal: running.signal })
      for await (const message of readJsonLines<SearchMessage>(response)) {
        if (running.signal.aborted) return
        this.#queue.push(message)
      }
      this.#queue.flush()
      if (!this.end) this.error = 'The connection broke off before the search was through. Search again.'
    } catch (error) {
      if (running.signal.aborted) return
      this.error = error instanceof Error ? error.message : 'The search failed.'
    }
    if (this.#running === running) this.#running = null
    this.#queue.schedule()
  }

  #take(message: SearchMessage): void {
    switch (message.type) {
      case 'sources':
        this.sources = message.sources
        this.#list = new HitList(message.capPerSource)
        return
      case 'lines':
        this.#list.add(message)
        return
      case 'progress':
        this.progress = message
        return
      case 'histogram':
        this.histogram = message
        return
      case 'end':
        this.end = message
        return
      default:
        message satisfies never
    }
  }

  #tell(): void {
    this.#version += 1
    for (const listener of this.#listeners) listener()
  }
}
