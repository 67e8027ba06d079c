/** Bits of a line's mark: which pattern stands in it, and whether its fields are wanted. */
export const marks = {
  match: 1,
  /** Highlight i is `firstHighlight << i`. */
  firstHighlight: 2,
  fieldsWanted: 64,
} as const

export const maxHighlights = 5

/** What the worker found of each line, a byte a line by id, and how many lines have each bit. */
export class LineMarks {
  #marks = new Uint8Array(8192)
  readonly #counts = new Uint32Array(8)

  has(id: number, mark: number): boolean {
    return ((this.#marks[id] ?? 0) & mark) !== 0
  }

  count(mark: number): number {
    return this.#counts[31 - Math.clz32(mark)] ?? 0
  }

  /** True when anything is different now. */
  set(id: number, mark: number): boolean {
    const before = this.#marks[id] ?? 0
    if (before === mark) return false
    this.#marks[id] = mark
    for (let changed = mark ^ before; changed !== 0; changed &= changed - 1) {
      const bit = 31 - Math.clz32(changed & -changed)
      this.#counts[bit] = (this.#counts[bit] ?? 0) + ((mark >> bit) & 1 ? 1 : -1)
    }
    return true
  }

  reset(id: number, capacity: number): void {
    if (capacity > this.#marks.length) {
      const grown = new Uint8Array(capacity)
      grown.set(this.#marks)
      this.#marks = grown
    }
    this.set(id, 0)
  }

  clear(): void {
    this.#marks.fill(0)
    this.#counts.fill(0)
  }
}
