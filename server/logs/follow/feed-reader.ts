import 'server-only'
import type { Bell } from '#server/bell'
import type { FeedEntry, Ring } from './ring.ts'

/** One viewer's place in a feed. */
export class FeedReader {
  readonly #ring: Ring
  readonly #bell: Bell
  readonly #onConsumed: () => void
  readonly #onClose: (reader: FeedReader) => void
  readonly isInBackground: boolean
  #seq: number
  #line: number
  consumedBytes: number

  constructor(
    ring: Ring,
    bell: Bell,
    onConsumed: () => void,
    onClose: (reader: FeedReader) => void,
    isInBackground: boolean,
  ) {
    this.isInBackground = isInBackground
    this.#ring = ring
    this.#bell = bell
    this.#onConsumed = onConsumed
    this.#onClose = onClose
    this.#seq = ring.firstSeq
    this.#line = ring.firstLine
    this.consumedBytes = ring.startBytes
  }

  /** Back to the oldest entry there is. */
  rewind(): void {
    this.#seq = this.#ring.firstSeq
    this.#line = this.#ring.firstLine
    this.consumedBytes = Math.max(this.consumedBytes, this.#ring.startBytes)
  }

  /**
   * The next entry, waiting for it. `missed` lines went out of the ring before they were read; the position is then
   * behind them. Null when `signal` ends or `isOver` says so and all is read.
   */
  async next(
    signal: AbortSignal,
    isOver: () => boolean,
  ): Promise<{ entry: FeedEntry; arrivedAtMs: number } | { missed: number } | null> {
    for (;;) {
      if (signal.aborted) return null
      const missed = this.#ring.firstLine - this.#line
      if (this.#seq < this.#ring.firstSeq) {
        this.rewind()
        if (missed > 0) return { missed }
      }
      const slot = this.#ring.at(this.#seq)
      if (slot) {
        this.#seq += 1
        this.#line = slot.firstLine + ('lines' in slot.entry ? slot.entry.lines.count : 0)
        this.consumedBytes = Math.max(this.consumedBytes, slot.endBytes)
        this.#onConsumed()
        return { entry: slot.entry, arrivedAtMs: slot.arrivedAtMs }
      }
      if (isOver()) return null
      await this.#bell.wait(signal)
    }
  }

  close(): void {
    this.#onClose(this)
  }
}
