export const rowHeight = 20

/** The rows in the document: of wrapped ones only the browser knows the heights. */
export class RowHeights {
  #element: HTMLElement | null = null
  #first = 0

  /** `element` holds the rows from position `first` on. */
  set(element: HTMLElement | null, first: number): void {
    this.#element = element
    this.#first = first
  }

  /** In pixels; a row that is not in the document counts as one line. */
  of(position: number): number {
    const row = this.#element?.children[position - this.#first]
    return row instanceof HTMLElement ? row.offsetHeight : rowHeight
  }

  /** Pixels from the first row in the document down to this one. */
  above(position: number): number {
    let sum = 0
    for (let at = this.#first; at < position; at += 1) sum += this.of(at)
    return sum
  }

  get last(): number {
    return this.#first + (this.#element?.children.length ?? 0) - 1
  }

  /** Moves a place in the list, in lines of 20 px, by pixels of what is on screen. */
  move(top: number, pixels: number, count: number): number {
    let position = Math.floor(top / rowHeight)
    let offset = ((top % rowHeight) / rowHeight) * this.of(position) + pixels
    while (position < count - 1 && offset >= this.of(position)) {
      offset -= this.of(position)
      position += 1
    }
    while (position > 0 && offset < 0) {
      position -= 1
      offset += this.of(position)
    }
    return position * rowHeight + (Math.max(0, offset) / this.of(position)) * rowHeight
  }

  /** The place of the first pixel on screen while the last row of all stands at the lower edge. */
  topAtEnd(height: number): number {
    let position = this.last
    let rest = height - this.of(position)
    while (rest > 0 && position > this.#first) {
      position -= 1
      rest -= this.of(position)
    }
    return position * rowHeight + (Math.max(0, -rest) / this.of(position)) * rowHeight
  }

  /** The rows from this place to the last of all end on screen. */
  endsOnScreen(top: number, height: number, count: number): boolean {
    if (this.last < count - 1) return false
    const position = Math.floor(top / rowHeight)
    const hidden = ((top % rowHeight) / rowHeight) * this.of(position)
    return this.above(count) - this.above(position) - hidden <= height + 1
  }
}
