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
    for (let bit = 0; bit < 8; bit += 1) {
      const change = ((mark >> bit) & 1) - ((before >> bit) & 1)
      if (change !== 0) this.#counts[bit] = (this.#counts[bit] ?? 0) + change
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
