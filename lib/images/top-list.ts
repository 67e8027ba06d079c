/** Keeps the `limit` heaviest of any number of items without holding the others. */
export class TopList<Item> {
  readonly #limit: number
  readonly #weightOf: (item: Item) => number
  #items: Item[] = []
  #least = 0

  constructor(limit: number, weightOf: (item: Item) => number) {
    this.#limit = limit
    this.#weightOf = weightOf
  }

  add(item: Item): void {
    if (this.#items.length >= this.#limit && this.#weightOf(item) <= this.#least) return
    this.#items.push(item)
    if (this.#items.length >= this.#limit * 4) this.#shrink()
  }

  /** Heaviest first. */
  sorted(): Item[] {
    this.#shrink()
    return this.#items
  }

  #shrink(): void {
    this.#items = this.#items.toSorted((a, b) => this.#weightOf(b) - this.#weightOf(a)).slice(0, this.#limit)
    const last = this.#items.at(-1)
    this.#least = this.#items.length >= this.#limit && last !== undefined ? this.#weightOf(last) : 0
  }
}
