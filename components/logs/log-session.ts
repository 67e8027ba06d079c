import type { useLiveClient } from '#components/live/hooks'
import { openStream } from '#lib/api/client'
import { paths } from '#lib/api/paths'
import { formatCursor, type LineCursor } from '#lib/logs/cursor'
import type { LogGap, LogLines, LogMessage, LogSource, LogsParams, LogSourceState } from '#lib/logs/wire'
import { type Filter, LineStore } from './line-store.ts'
import { SearchClient } from './search-client.ts'

export type LogTarget = { kind: 'container'; id: string } | { kind: 'project'; name: string }

export interface SourceView {
  index: number
  containerId: string
  name: string
  service: string
  number: number
  state: LogSourceState['state'] | 'loading'
  detail: string
  /** Lines before the first one held are at the Engine and not here. */
  hasEarlier: boolean
  lineCount: number
}

type LiveClient = ReturnType<typeof useLiveClient>

/** Work of one frame on what came; the rest waits for the next. */
const frameBudgetMs = 8
const standardTail = 500
const firstPageLines = 2_000

type Interrupted = { code: string; message: string }

/** One log page: its stream, its lines, its search. Outside React; tells `subscribe`rs at most once a frame. */
export class LogSession {
  readonly target: LogTarget
  readonly store = new LineStore()
  readonly search = new SearchClient(this.store, () => this.#changed())
  readonly #client: LiveClient
  readonly #listeners = new Set<() => void>()
  readonly #sources: SourceView[] = []
  /** The stream's index of a source to ours; another stream may count otherwise. */
  #streamSources = new Map<number, number>()
  readonly #last = new Map<string, LineCursor>()
  readonly #first = new Map<string, LineCursor>()
  readonly #earlierNotes = new Map<number, number>()
  #queue: LogMessage[] = []
  #isScheduled = false
  #olderLimit = firstPageLines
  #unsubscribe: (() => void) | null = null
  version = 0
  isCaughtUp = false
  isLoadingOlder = false
  olderError = ''
  interrupted: Interrupted | null = null

  constructor(client: LiveClient, target: LogTarget) {
    this.#client = client
    this.target = target
  }

  start(): () => void {
    this.#unsubscribe = this.#client.subscribe('logs', () => this.#params(), {
      onMessage: (data) => {
        // The topic's own shape: lib/logs/wire.ts.
        this.#queue.push(data as LogMessage)
        this.#schedule()
      },
      onEnd: (error) => {
        this.interrupted = error ? { code: error.code, message: error.message } : null
        this.#changed()
      },
    })
    return () => {
      this.#unsubscribe?.()
      this.search.close()
    }
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly getVersion = (): number => this.version

  get sources(): readonly SourceView[] {
    return this.#sources
  }

  sourceOf(index: number): SourceView | undefined {
    return this.#sources[index]
  }

  setFilter(filter: Filter): void {
    this.store.setFilter(filter)
    this.#changed()
  }

  clear(): void {
    this.#earlierNotes.clear()
    this.store.clear()
    this.#changed()
  }

  get hasEarlier(): boolean {
    return this.#sources.some((source) => source.hasEarlier)
  }

  /** Reads a page in front of what is held, each time a larger one: the Engine reads to the end for it. */
  async loadOlder(everything = false): Promise<void> {
    if (this.isLoadingOlder) return
    this.isLoadingOlder = true
    this.olderError = ''
    this.#changed()
    const limit = everything ? 2_000_000 : this.#olderLimit
    this.#olderLimit = Math.min(this.#olderLimit * 4, 512_000)
    try {
      for (const source of this.#sources) if (source.hasEarlier) await this.#loadOlderOf(source, limit)
    } catch (error) {
      this.olderError = error instanceof Error ? error.message : 'Older lines could not be read.'
    }
    this.isLoadingOlder = false
    this.#changed()
  }

  async #loadOlderOf(source: SourceView, limit: number): Promise<void> {
    const first = this.#first.get(source.containerId)
    if (!first) return
    const query = new URLSearchParams({
      before: formatCursor(first),
      limit: String(limit),
      held: String(source.lineCount),
    })
    const response = await openStream(`${paths.containerLogs(source.containerId)}?${query.toString()}`)
    const messages: LogLines[] = []
    let isFromStart = false
    for await (const line of jsonLines(response)) {
      if (line.type === 'lines') messages.push(line)
      else isFromStart = line.isFromStart
    }
    const note = this.#earlierNotes.get(source.index)
    if (note !== undefined) this.store.removeNote(note)
    this.#earlierNotes.delete(source.index)
    const ids = this.store.insertOlder(messages, source.index)
    this.search.add(ids)
    source.lineCount += ids.length
    const [oldest] = ids
    if (oldest !== undefined) this.#first.set(source.containerId, this.store.cursor(oldest))
    source.hasEarlier = !isFromStart && ids.length > 0
    if (source.hasEarlier && oldest !== undefined) this.#noteEarlier(source.index, this.store.time(oldest))
  }

  #params(): LogsParams {
    // What came before the connection was lost is taken in first: the cursors must be behind it.
    this.#work(Infinity)
    this.#streamSources = new Map()
    this.interrupted = null
    const after = Object.fromEntries([...this.#last].map(([id, cursor]) => [id, formatCursor(cursor)]))
    return {
      ...(this.target.kind === 'project'
        ? { project: this.target.name }
        : { containerIds: [this.target.id] }),
      tail: standardTail,
      ...(this.#last.size > 0 ? { after } : {}),
    }
  }

  #schedule(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    // A hidden page has no frames.
    if (document.visibilityState === 'visible') requestAnimationFrame(() => this.#onFrame())
    else setTimeout(() => this.#onFrame(), 250)
  }

  #onFrame(): void {
    this.#isScheduled = false
    this.#work(frameBudgetMs)
    if (this.#queue.length > 0) this.#schedule()
    this.#tell()
  }

  #work(budgetMs: number): void {
    const until = performance.now() + budgetMs
    let taken = 0
    for (const message of this.#queue) {
      this.#take(message)
      taken += 1
      if (performance.now() > until) break
    }
    this.#queue.splice(0, taken)
  }

  #take(message: LogMessage): void {
    switch (message.type) {
      case 'sources':
        for (const source of message.sources) this.#addSource(source)
        return
      case 'lines':
        this.#takeLines(message)
        return
      case 'gap':
        this.#takeGap(message)
        return
      case 'marker':
        this.store.addNote(message, this.#ownIndex(message.source))
        return
      case 'state': {
        const source = this.#sources[this.#ownIndex(message.source)]
        if (source) {
          source.state = message.state
          source.detail = message.detail ?? ''
        }
        return
      }
      case 'caught-up':
        this.isCaughtUp = true
        return
      default:
        message satisfies never
    }
  }

  #takeLines(message: LogLines): void {
    const ids = this.store.append(message, (index) => this.#ownIndex(index))
    this.search.add(ids)
    for (const id of ids) {
      const source = this.#sources[this.store.source(id)]
      if (!source) continue
      source.lineCount += 1
      const cursor = this.store.cursor(id)
      this.#last.set(source.containerId, cursor)
      if (!this.#first.has(source.containerId)) this.#first.set(source.containerId, cursor)
    }
  }

  #takeGap(gap: LogGap): void {
    const index = this.#ownIndex(gap.source)
    if (gap.reason !== 'earlier') {
      this.store.addNote(gap, index)
      return
    }
    const source = this.#sources[index]
    if (source) source.hasEarlier = true
    this.#noteEarlier(index, gap)
  }

  #noteEarlier(index: number, at: { seconds: number; nanos: number }): void {
    const note: LogGap = {
      type: 'gap',
      source: index,
      count: null,
      reason: 'earlier',
      seconds: at.seconds,
      nanos: at.nanos,
    }
    this.#earlierNotes.set(index, this.store.addNote(note, index))
  }

  #addSource(source: LogSource): void {
    const known = this.#sources.find((candidate) => candidate.containerId === source.containerId)
    if (known) {
      this.#streamSources.set(source.index, known.index)
      return
    }
    const index = this.#sources.length
    this.#streamSources.set(source.index, index)
    const { containerId, name, service, number } = source
    this.#sources.push({
      index,
      containerId,
      name,
      service,
      number,
      state: 'loading',
      detail: '',
      hasEarlier: false,
      lineCount: 0,
    })
  }

  #ownIndex(streamIndex: number): number {
    return this.#streamSources.get(streamIndex) ?? 0
  }

  #changed(): void {
    this.#schedule()
  }

  #tell(): void {
    this.version += 1
    for (const listener of this.#listeners) listener()
  }
}

/** Lines of the answer to `?before=`: see server/logs/older.ts. */
async function* jsonLines(
  response: Response,
): AsyncGenerator<LogLines | { type: 'end'; isFromStart: boolean }> {
  if (!response.body) return
  let rest = ''
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    const lines = (rest + chunk.value).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield JSON.parse(line) as LogLines | { type: 'end'; isFromStart: boolean }
  }
}
