import 'server-only'
import { LineBatch } from '#lib/logs/line-batch'

const ringBatchLines = 500

/**
 * Which hits of one container are sent: the newest `cap`. Parts of a log are read newest first, but each from its older
 * end: the first hits of a part go at once, those beyond the allowance wait in a ring until the part's newest are known.
 */
export class HitCollector {
  readonly #source: number
  #room: number
  #sentInPart = 0
  #ring: LineBatch[] = []
  #ringCount = 0
  /** Hits to send. */
  out = new LineBatch()

  constructor(source: number, cap: number) {
    this.#source = source
    this.#room = cap
  }

  /** `copy` appends the hit to the batch it is given, with this source. */
  add(copy: (to: LineBatch, source: number) => void): void {
    if (this.#room === 0) return
    if (this.#sentInPart < this.#room) {
      this.#sentInPart += 1
      copy(this.out, this.#source)
      return
    }
    let last = this.#ring.at(-1)
    if (!last || last.count >= ringBatchLines) {
      last = new LineBatch()
      this.#ring.push(last)
    }
    copy(last, this.#source)
    this.#ringCount += 1
    const oldest = this.#ring[0]?.count ?? 0
    if (this.#ring.length > 1 && this.#ringCount - oldest >= this.#room) {
      this.#ringCount -= oldest
      this.#ring.shift()
    }
  }

  /** The part is through: its newest hits go too, and older parts have what is left of the allowance. */
  endPart(): void {
    let skip = Math.max(0, this.#ringCount - this.#room)
    for (const batch of this.#ring) {
      const from = Math.min(skip, batch.count)
      skip -= from
      this.out.addRange(batch, from, batch.count, this.#source)
    }
    this.#room = this.#ringCount > 0 ? 0 : this.#room - this.#sentInPart
    this.#sentInPart = 0
    this.#ring = []
    this.#ringCount = 0
  }

  /** What is to be sent now; the collector begins a new one. */
  take(): LineBatch {
    const { out } = this
    this.out = new LineBatch()
    return out
  }
}
