import { formatCursor, type LineCursor } from '#lib/logs/cursor'
import type { LogSource, LogSourceState } from '#lib/logs/wire'

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

/** The containers of one viewer, each with an index of ours that outlives streams, and the first and last line held of it. */
export class SourceBook {
  readonly #sources: SourceView[] = []
  /** The stream's index of a source to ours; another stream may count otherwise. */
  #streamIndexes = new Map<number, number>()
  readonly #first = new Map<string, LineCursor>()
  readonly #last = new Map<string, LineCursor>()

  get all(): readonly SourceView[] {
    return this.#sources
  }

  at(index: number): SourceView | undefined {
    return this.#sources[index]
  }

  /** A new stream begins: it will say its sources anew. */
  forgetStream(): void {
    this.#streamIndexes = new Map()
  }

  add(source: LogSource): void {
    const known = this.#sources.find((candidate) => candidate.containerId === source.containerId)
    if (known) {
      this.#streamIndexes.set(source.index, known.index)
      return
    }
    const index = this.#sources.length
    this.#streamIndexes.set(source.index, index)
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

  readonly ownIndex = (streamIndex: number): number => this.#streamIndexes.get(streamIndex) ?? 0

  /** A line came behind those held. */
  countLine(index: number, cursor: LineCursor): void {
    const source = this.#sources[index]
    if (!source) return
    source.lineCount += 1
    this.#last.set(source.containerId, cursor)
    if (!this.#first.has(source.containerId)) this.#first.set(source.containerId, cursor)
  }

  /** Lines came in front of those held; `oldest` is the first of them. */
  countOlder(source: SourceView, count: number, oldest: LineCursor | null): void {
    source.lineCount += count
    if (oldest) this.#first.set(source.containerId, oldest)
  }

  firstOf(source: SourceView): LineCursor | undefined {
    return this.#first.get(source.containerId)
  }

  /** The last line held of each container, as a stream's `after` takes them; undefined where nothing is held. */
  get after(): Record<string, string> | undefined {
    if (this.#last.size === 0) return undefined
    return Object.fromEntries([...this.#last].map(([id, cursor]) => [id, formatCursor(cursor)]))
  }
}
