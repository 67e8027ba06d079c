import { IdList } from './id-list.ts'
import type { LineColumns } from './line-columns.ts'

/** All rows in their order, and those of them that pass a test: what is on screen. */
export class RowList {
  readonly #columns: LineColumns
  readonly #all = new IdList()
  /** The same list as `#all` while everything passes. */
  #visible = this.#all
  #passes: ((id: number) => boolean) | null = null

  constructor(columns: LineColumns) {
    this.#columns = columns
  }

  get all(): Readonly<Pick<IdList, 'length' | 'at'>> {
    return this.#all
  }

  get visible(): Readonly<Pick<IdList, 'length' | 'at' | 'indexOf'>> {
    return this.#visible
  }

  push(id: number): void {
    this.#all.push(id)
    if (this.#visible !== this.#all && this.#isShown(id)) this.#visible.push(id)
  }

  insertByTime(id: number, isBeforeEqual = false): void {
    this.#insertInto(this.#all, id, isBeforeEqual)
    if (this.#visible !== this.#all && this.#isShown(id)) this.#insertInto(this.#visible, id, isBeforeEqual)
  }

  /** `added` is in order of time already. */
  mergeByTime(added: readonly number[]): void {
    const merged = new Uint32Array(this.#all.length + added.length + 4096)
    let [i, j, at] = [0, 0, 0]
    while (i < added.length || j < this.#all.length) {
      const id = added[i]
      const old = j < this.#all.length ? this.#all.at(j) : undefined
      if (id !== undefined && (old === undefined || this.#columns.compare(id, old) <= 0)) {
        merged[at] = id
        i += 1
      } else {
        merged[at] = old ?? 0
        j += 1
      }
      at += 1
    }
    this.#all.replace(merged, at)
    this.refilter()
  }

  remove(id: number): void {
    const position = this.#all.indexOf(id)
    if (position >= 0) this.#all.remove(position)
    if (this.#visible === this.#all) return
    const shown = this.#visible.indexOf(id)
    if (shown >= 0) this.#visible.remove(shown)
  }

  dropFirst(count: number): void {
    this.#all.dropFirst(count)
    this.refilter()
  }

  clear(): void {
    this.#all.clear()
    this.refilter()
  }

  /** Null: everything passes. */
  setTest(passes: ((id: number) => boolean) | null): void {
    this.#passes = passes
    this.refilter()
  }

  refilter(): void {
    if (!this.#passes) {
      this.#visible = this.#all
      return
    }
    const list = new IdList()
    for (let position = 0; position < this.#all.length; position += 1) {
      const id = this.#all.at(position)
      if (this.#isShown(id)) list.push(id)
    }
    this.#visible = list
  }

  #isShown(id: number): boolean {
    return !this.#passes || this.#passes(id)
  }

  #insertInto(list: IdList, id: number, isBeforeEqual: boolean): void {
    let position = list.length
    while (position > 0) {
      const order = this.#columns.compare(list.at(position - 1), id)
      if (order < 0 || (order === 0 && !isBeforeEqual)) break
      position -= 1
    }
    list.insert(position, id)
  }
}
