import 'server-only'
import type { LineCursor } from '#lib/logs/cursor'
import type { LineBatch } from '#lib/logs/line-batch'
import { Bell } from '#server/bell'
import type { SourceMessage } from '#server/logs/follow/ring'
import type { HistoryStore, RecordedContainer, RecordingMark, RecordingPlace } from './store.ts'

/** What a kill may cost at most, with the write itself. */
const flushMs = 250
/** Waiting lines of all containers; who has more to add waits for the store. */
const maxBytes = 4 * 1024 * 1024
/** Enough for a write before its time. */
const eagerBytes = 1024 * 1024
/** Lines of one write: readers of the same thread wait no longer than this takes. */
const perMessageBytes = 256

interface Waiting {
  container: RecordedContainer
  entries: ({ lines: LineBatch } | { message: SourceMessage })[]
  mark: RecordingMark
}

/**
 * Lines on their way to the store: collected for a moment from all containers, written in one transaction, one write at a
 * time, bounded. After a failure it is of no use: who records begins anew from what the store has.
 */
export class Outbox {
  readonly #store: HistoryStore
  readonly #onFailure: (error: unknown) => void
  readonly #room = new Bell()
  readonly #places = new Map<string, LineCursor | null>()
  #waiting = new Map<string, Waiting>()
  #waitingBytes = 0
  #timer: NodeJS.Timeout | null = null
  #writing: Promise<void> | null = null
  #isFailed = false
  /** When the write began that the store has not answered, by `performance.now()`; null between writes. */
  writingSinceMs: number | null = null
  /** Text written since the start. */
  writtenBytes = 0

  constructor(store: HistoryStore, onFailure: (error: unknown) => void) {
    this.#store = store
    this.#onFailure = onFailure
  }

  /** A container is recorded from here on. */
  open(containerId: string, place: RecordingPlace | null): void {
    this.#places.set(containerId, place?.after ?? null)
  }

  /** Takes lines or a message; `mark` is how recording stands behind them. Resolves when there is room for more. */
  async add(
    container: RecordedContainer,
    entry: { lines: LineBatch } | { message: SourceMessage },
    mark: RecordingMark,
    signal: AbortSignal,
  ): Promise<void> {
    while (this.#waitingBytes > maxBytes && !signal.aborted && !this.#isFailed) await this.#room.wait(signal)
    if (signal.aborted || this.#isFailed) return
    const waiting = this.#waiting.get(container.containerId) ?? { container, entries: [], mark }
    waiting.entries.push(entry)
    waiting.mark = { ...mark }
    this.#waiting.set(container.containerId, waiting)
    this.#waitingBytes += 'lines' in entry ? entry.lines.costBytes : perMessageBytes
    if (this.#waitingBytes > eagerBytes) void this.flush()
    else this.#timer ??= setTimeout(() => void this.flush(), flushMs)
  }

  /** Writes what waits, and what comes meanwhile. */
  async flush(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = null
    })
    await this.#writing
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.size > 0 && !this.#isFailed) {
      const batch = [...this.#waiting.values()]
      const bytes = this.#waitingBytes
      this.#waiting = new Map()
      this.#waitingBytes = 0
      this.#room.ring()
      this.writingSinceMs = performance.now()
      try {
        await this.#store.append(
          batch.map((each) => ({ ...each, after: this.#places.get(each.container.containerId) ?? null })),
        )
      } catch (error) {
        this.#isFailed = true
        this.#room.ring()
        this.#onFailure(error)
        return
      } finally {
        this.writingSinceMs = null
      }
      this.writtenBytes += bytes
      for (const { container, entries } of batch) this.#moveOn(container.containerId, entries)
    }
  }

  #moveOn(containerId: string, entries: Waiting['entries']): void {
    for (const entry of entries)
      if ('lines' in entry && entry.lines.count > 0)
        this.#places.set(containerId, entry.lines.cursorOf(entry.lines.count - 1))
  }
}
