import { levels } from '../level.ts'

/** Each width is a multiple of the one before, so that buckets can be put together without splitting one. */
export const bucketWidthsMs = [
  100, 500, 1_000, 5_000, 15_000, 60_000, 300_000, 900_000, 3_600_000, 10_800_000, 43_200_000, 86_400_000,
  604_800_000, 2_419_200_000, 29_030_400_000,
] as const

const maxBuckets = 400

/** How many lines of each level were written when. */
export interface LevelCounts {
  widthMs: number
  /** By the start of the bucket in epoch milliseconds, ascending; counts by index of `levels`. Empty buckets are left out. */
  buckets: [startMs: number, counts: number[]][]
}

/** Counts lines by time and level in buckets that widen as the range grows, so that it stays small. */
export class LevelHistogram {
  #width = 0
  #buckets = new Map<number, number[]>()

  get widthMs(): number {
    return bucketWidthsMs[this.#width] ?? 0
  }

  add(epochMs: number, level: number, count = 1): void {
    const start = Math.floor(epochMs / this.widthMs) * this.widthMs
    let counts = this.#buckets.get(start)
    if (!counts) {
      counts = Array.from(levels, () => 0)
      this.#buckets.set(start, counts)
    }
    counts[level] = (counts[level] ?? 0) + count
    if (this.#buckets.size > maxBuckets) this.#widen(this.#width + 1)
  }

  /** Adds what another one counted. */
  merge(other: LevelCounts): void {
    const width = bucketWidthsMs.findIndex((widthMs) => widthMs >= other.widthMs)
    if (width > this.#width) this.#widen(width)
    for (const [startMs, counts] of other.buckets)
      counts.forEach((count, level) => {
        if (count > 0) this.add(startMs, level, count)
      })
  }

  read(): LevelCounts {
    return {
      widthMs: this.widthMs,
      buckets: [...this.#buckets].sort(([a], [b]) => a - b),
    }
  }

  #widen(width: number): void {
    if (width >= bucketWidthsMs.length) return
    const before = this.#buckets
    this.#width = width
    this.#buckets = new Map()
    for (const [startMs, counts] of before)
      counts.forEach((count, level) => {
        if (count > 0) this.add(startMs, level, count)
      })
  }
}
