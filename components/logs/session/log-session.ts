import type { useLiveClient } from '#components/live/hooks'
import type { NanoTime } from '#lib/logs/nano-time'
import { parseCursor } from '#lib/logs/cursor'
import type { LogGap, LogMarker, LogLines, LogMessage, LogsParams } from '#lib/logs/wire'
import { FindClient } from '../find/find-client.ts'
import { LineStore } from '../store/line-store.ts'
import type { Filter } from '../store/row-filter.ts'
import { FieldWidths } from './field-widths.ts'
import { FrameQueue } from './frame-queue.ts'
import { readOlderLines } from './older-lines.ts'
import type { Place } from '../place/place-url.ts'
import { SourceBook, type SourceView } from './source-book.ts'
import { WindowEdges } from './window-edges.ts'

export type LogTarget = { kind: 'container'; id: string } | { kind: 'project'; name: string }

type LiveClient = ReturnType<typeof useLiveClient>

const standardTail = 500
const firstPageLines = 2_000
const allLines = 2_000_000
const refreshPauseMs = 200

/** One log page: its stream, its lines, its search. Outside React; tells `subscribe`rs at most once a frame. */
export class LogSession {
  readonly target: LogTarget
  /** Where in the past its lines are from; null: it follows the live end. */
  readonly place: Place | null
  readonly store = new LineStore()
  readonly find = new FindClient(this.store, () => this.#changed())
  readonly fieldWidths = new FieldWidths()
  readonly #client: LiveClient
  readonly #listeners = new Set<() => void>()
  readonly #book = new SourceBook()
  readonly #queue = new FrameQueue<LogMessage>({
    take: (message) => this.#take(message),
    spare: (budgetMs) => this.#refreshRows(budgetMs),
    onFrame: () => this.#tell(),
  })
  #window: WindowEdges | null = null
  readonly #earlierNotes = new Map<number, number>()
  #olderLimit = firstPageLines
  #version = 0
  #refreshedAtMs = 0
  isCaughtUp = false
  isLoadingOlder = false
  olderError = ''
  interrupted: { code: string; message: string } | null = null

  constructor(client: LiveClient, target: LogTarget, place: Place | null = null) {
    this.#client = client
    this.target = target
    this.place = place
  }

  start(): () => void {
    const stop = this.place ? this.#stay(this.place) : this.#follow()
    return () => {
      stop()
      this.find.close()
    }
  }

  #stay({ at }: Place): () => void {
    const window = new WindowEdges(this.target, at)
    this.#window = window
    this.isLoadingOlder = false
    void this.#grow(window, 'around')
    return () => window.close()
  }

  #follow(): () => void {
    return this.#client.subscribe('logs', () => this.#params(), {
      // The topic's own shape: lib/logs/wire.ts.
      onMessage: (data) => this.#queue.push(data as LogMessage),
      onEnd: (error) => {
        this.interrupted = error ? { code: error.code, message: error.message } : null
        this.#changed()
      },
    })
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly getVersion = (): number => this.#version

  get sources(): readonly SourceView[] {
    return this.#book.all
  }

  readonly sourceOf = (index: number): SourceView | undefined => this.#book.at(index)

  setFilter(filter: Filter): void {
    this.store.setFilter(filter)
    this.#changed()
  }

  setTraceOpen(headId: number, isOpen: boolean): void {
    this.store.setTraceOpen(headId, isOpen)
    this.#changed()
  }

  clear(): void {
    this.#earlierNotes.clear()
    this.store.clear()
    this.#changed()
  }

  get hasEarlier(): boolean {
    return this.#window?.hasOlder ?? this.sources.some((source) => source.hasEarlier)
  }

  /** Reads a page in front of what is held, each time a larger one: the Engine reads to the end for it. */
  async loadOlder(everything = false): Promise<void> {
    if (this.#window) return this.#grow(this.#window, 'older')
    if (this.isLoadingOlder) return
    this.isLoadingOlder = true
    this.olderError = ''
    this.#changed()
    const limit = everything ? allLines : this.#olderLimit
    this.#olderLimit = Math.min(this.#olderLimit * 4, 512_000)
    try {
      for (const source of this.sources) if (source.hasEarlier) await this.#loadOlderOf(source, limit)
    } catch (error) {
      this.olderError = error instanceof Error ? error.message : 'Older lines could not be read.'
    }
    this.isLoadingOlder = false
    this.#changed()
  }

  /** In the past: there are lines behind the last one held. */
  get hasLater(): boolean {
    return this.#window?.hasNewer ?? false
  }

  async loadNewer(): Promise<void> {
    if (this.#window) await this.#grow(this.#window, 'newer')
  }

  async #grow(window: WindowEdges, where: 'around' | 'older' | 'newer'): Promise<void> {
    if (this.isLoadingOlder) return
    this.isLoadingOlder = true
    this.olderError = ''
    this.#changed()
    try {
      const { sources, lines } = await window.read(where)
      for (const source of sources) this.#book.add(source)
      if (where !== 'older') for (const message of lines) this.#takeLines(message)
      else this.find.add(this.store.insertOlder(lines, this.#book.ownIndex))
      this.isCaughtUp = true
    } catch (error) {
      // Left meanwhile, or begun anew: nobody waits for this answer.
      if (window.isClosed) return
      this.olderError = error instanceof Error ? error.message : 'The lines could not be read.'
    }
    this.isLoadingOlder = false
    this.#changed()
  }

  async #loadOlderOf(source: SourceView, limit: number): Promise<void> {
    const before = this.#book.firstOf(source)
    if (!before) return
    const older = await readOlderLines(source.containerId, { before, limit, held: source.lineCount })
    const note = this.#earlierNotes.get(source.index)
    if (note !== undefined) this.store.removeNote(note)
    this.#earlierNotes.delete(source.index)
    const ids = this.store.insertOlder(older.messages, () => source.index)
    for (const each of older.notes) this.#addNote(each, source.index)
    this.find.add(ids)
    const oldest = ids[0] === undefined ? null : this.store.cursor(ids[0])
    this.#book.countOlder(source, ids.length, oldest)
    source.hasEarlier = !older.isFromStart && ids.length > 0
    if (source.hasEarlier && oldest) this.#noteEarlier(source.index, oldest)
  }

  #params(): LogsParams {
    // What came before the connection was lost is taken in first: the cursors must be behind it.
    this.#queue.flush()
    this.#book.forgetStream()
    this.interrupted = null
    const { after } = this.#book
    return {
      ...(this.target.kind === 'project'
        ? { project: this.target.name }
        : { containerIds: [this.target.id] }),
      tail: standardTail,
      ...(after ? { after } : {}),
    }
  }

  #take(message: LogMessage): void {
    switch (message.type) {
      case 'sources':
        for (const source of message.sources) this.#book.add(source)
        return
      case 'lines':
        this.#takeLines(message)
        return
      case 'gap':
        this.#takeGap(message)
        return
      case 'marker':
        this.#addNote(message, this.#book.ownIndex(message.source))
        return
      case 'state': {
        const source = this.#book.at(this.#book.ownIndex(message.source))
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
    const ids = this.store.append(message, this.#book.ownIndex)
    this.find.add(ids)
    for (const id of ids) this.#book.countLine(this.store.source(id), this.store.cursor(id))
  }

  /** A note names its source by our index, not by that of the stream it came with. */
  #addNote(note: LogGap | LogMarker, source: number): number {
    return this.store.addNote({ ...note, source }, source)
  }

  #takeGap(gap: LogGap): void {
    const index = this.#book.ownIndex(gap.source)
    if (gap.reason !== 'earlier') {
      this.#addNote(gap, index)
      return
    }
    const source = this.#book.at(index)
    if (source) {
      source.hasEarlier = true
      // A container without a line of its own yet: the archive goes on in front of its beginning.
      const before = gap.before === undefined ? null : parseCursor(gap.before)
      if (before && !this.#book.firstOf(source)) this.#book.countOlder(source, 0, before)
    }
    this.#noteEarlier(index, gap)
  }

  #noteEarlier(source: number, { seconds, nanos }: NanoTime): void {
    const note: LogGap = { type: 'gap', source, count: null, reason: 'earlier', seconds, nanos }
    this.#earlierNotes.set(source, this.store.addNote(note, source))
  }

  /** Rows follow what the worker finds, a few times a second while it is looking through all of them. */
  #refreshRows(budgetMs: number): boolean {
    const isDue = !this.find.isSearching || performance.now() - this.#refreshedAtMs > refreshPauseMs
    if (isDue && !this.store.isFiltering) {
      this.store.refreshMarked()
      this.#refreshedAtMs = performance.now()
    }
    return this.store.continueFilter(budgetMs)
  }

  #changed(): void {
    this.#queue.schedule()
  }

  #tell(): void {
    this.#version += 1
    for (const listener of this.#listeners) listener()
  }
}
