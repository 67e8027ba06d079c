import { fieldsOf } from '#lib/logs/structure/fields'

const minWidth = 4
const maxWidth = 32

/** How wide the column of a field is by itself: as the widest value that was on screen, never narrower again. */
export class FieldWidths {
  readonly #widest = new Map<string, number>()

  see(text: string): void {
    for (const { key, value } of fieldsOf(text))
      if (value.length > (this.#widest.get(key) ?? 0)) this.#widest.set(key, value.length)
  }

  /** In characters. */
  widthOf(key: string): number {
    return Math.min(maxWidth, Math.max(minWidth, key.length + 1, this.#widest.get(key) ?? 0))
  }
}
