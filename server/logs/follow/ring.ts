import 'server-only'
import type { LineBatch } from '#lib/logs/line-batch'
import type { LogGap, LogMarker, LogSourceState } from '#lib/logs/wire'

/** A message of one container, before it has its index in a stream. */
export type SourceMessage =
  | Omit<LogGap, 'source'>
  | Omit<LogMarker, 'source'>
  | Omit<LogSourceState, 'source'>

export type FeedEntry = { lines: LineBatch } | { message: SourceMessage }

interface Slot {
  entry: FeedEntry
  /** Cost of everything up to and with this entry, since the feed began. */
  endBytes: number
  /** Number of the entry's first line, counted since the feed began. */
  firstLine: number
  arrivedAtMs: number
}

const perEntryBytes = 256

/** What came last of one container's log, bounded by bytes; the oldest go first. Readers hold positions, not copies. */
export class Ring {
  readonly #maxBytes: number
  #slots: (Slot | undefined)[] = []
  /** Index in `#slots` of the first that counts. */
  #head = 0
  /** Sequence number of that slot. */
  firstSeq = 0
  endBytes = 0
  lineCount = 0
  #evictedBytes = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  get endSeq(): number {
    return this.firstSeq + this.#slots.length - this.#head
  }

  /** Number of the first line that is still here. */
  get firstLine(): number {
    return this.#slots[this.#head]?.firstLine ?? this.lineCount
  }

  get startBytes(): number {
    return this.#evictedBytes
  }

  push(entry: FeedEntry): void {
    const cost = perEntryBytes + ('lines' in entry ? entry.lines.costBytes : 0)
    this.endBytes += cost
    this.#slots.push({
      entry,
      endBytes: this.endBytes,
      firstLine: this.lineCount,
      arrivedAtMs: performance.now(),
    })
    if ('lines' in entry) this.lineCount += entry.lines.count
    this.#evict(this.endBytes - this.#maxBytes)
  }

  /** Lets go of what was pushed before the feed had cost this much; the last entry stays. */
  forget(bytes: number): void {
    this.#evict(bytes)
  }

  #evict(bytes: number): void {
    while (this.#evictedBytes < bytes && this.#slots.length - this.#head > 1) {
      this.#evictedBytes = this.#slots[this.#head]?.endBytes ?? this.#evictedBytes
      this.#slots[this.#head] = undefined
      this.#head += 1
      this.firstSeq += 1
    }
    if (this.#head > 1024 && this.#head * 2 > this.#slots.length) {
      this.#slots = this.#slots.slice(this.#head)
      this.#head = 0
    }
  }

  /** Null where that entry has gone or has not come. */
  at(seq: number): Slot | null {
    return seq < this.firstSeq ? null : (this.#slots[this.#head + seq - this.firstSeq] ?? null)
  }
}
