import { IdList } from './id-list.ts'
import type { LineColumns } from './line-columns.ts'
import type { RowFilter } from './row-filter.ts'

/** Filtering so many rows takes about a millisecond; more are filtered in slices between frames. */
const maxAtOnce = 50_000
const sliceRows = 20_000

/** All rows in their order, and those of them that pass the filter: what is on screen. */
export class RowList {
  readonly #columns: LineColumns
  readonly #filter: RowFilter
  readonly #all = new IdList()
  /** The same list as `#all` while everything passes. */
  #visible = this.#all
  /** The list to come, filled up to `#checked` rows of `#all`; until then the one before is shown. */
  #next: IdList | null = null
  #checked = 0

  constructor(columns: LineColumns, filter: RowFilter) {
    this.#columns = columns
    this.#filter = filter
  }

  get all(): Readonly<Pick<IdList, 'length' | 'at' | 'indexOf'>> {
    return this.#all
  }

  get visible(): Readonly<Pick<IdList, 'length' | 'at' | 'indexOf'>> {
    return this.#visible
  }

  push(id: number): void {
    this.#all.push(id)
    if (this.#visible !== this.#all && this.#filter.passes(id)) this.#visible.push(id)
  }

  insertByTime(id: number, isBeforeEqual = false): void {
    const position = this.#insertInto(this.#all, id, isBeforeEqual)
    if (this.#visible !== this.#all && this.#filter.passes(id))
      this.#insertInto(this.#visible, id, isBeforeEqual)
    if (!this.#next || position >= this.#checked) return
    this.#checked += 1
    if (this.#filter.passes(id)) this.#insertInto(this.#next, id, isBeforeEqual)
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
    removeFrom(this.#all, id)
    if (this.#visible !== this.#all) removeFrom(this.#visible, id)
    if (this.#next) this.refilter()
  }

  /** Forgets the first rows; they are the first of what is on screen, too. */
  dropFirst(count: number): void {
    if (this.#visible !== this.#all) this.#visible.dropFirst(this.#shownAmong(0, count, 0))
    this.#all.dropFirst(count)
    if (this.#next) this.refilter()
  }

  clear(): void {
    this.#all.clear()
    this.refilter()
  }

  /** Puts what passes now in the place of what is on screen from one row to another, both included. */
  refilterBetween(firstId: number, lastId: number): void {
    const from = this.#all.indexOf(firstId)
    const to = this.#all.indexOf(lastId)
    const at = this.#visible.indexOf(firstId)
    if (this.#visible === this.#all || from < 0 || to < from || at < 0) return
    const wanted: number[] = []
    for (let position = from; position <= to; position += 1) {
      const id = this.#all.at(position)
      if (this.#filter.passes(id)) wanted.push(id)
    }
    this.#visible.splice(at, this.#shownAmong(from, to + 1, at), wanted)
    if (this.#next) this.refilter()
  }

  /** The rows from one to another, both included, that are accepted, on screen or not. */
  between(firstId: number, lastId: number, accepts: (id: number) => boolean): number[] {
    const ids: number[] = []
    const to = this.#all.indexOf(lastId)
    for (let position = this.#all.indexOf(firstId); position >= 0 && position <= to; position += 1)
      if (accepts(this.#all.at(position))) ids.push(this.#all.at(position))
    return ids
  }

  /** Filters anew: a short list at once, of a long one `continueRefilter` does a part at a time. */
  refilter(): void {
    this.#next = null
    if (this.#filter.isOpen) {
      this.#visible = this.#all
      return
    }
    this.#next = new IdList()
    this.#checked = 0
    if (this.#all.length <= maxAtOnce) this.continueRefilter(Infinity)
  }

  get isRefiltering(): boolean {
    return this.#next !== null
  }

  /** True when there is more to do. */
  continueRefilter(budgetMs: number): boolean {
    const next = this.#next
    if (!next) return false
    const until = performance.now() + budgetMs
    do {
      const end = Math.min(this.#all.length, this.#checked + sliceRows)
      for (; this.#checked < end; this.#checked += 1) {
        const id = this.#all.at(this.#checked)
        if (this.#filter.passes(id)) next.push(id)
      }
      if (this.#checked === this.#all.length) {
        this.#visible = next
        this.#next = null
        return false
      }
    } while (performance.now() < until)
    return true
  }

  /** The next row from `id` on that is wanted and accepted, folded or not; -1 where there is none. Goes round the end. */
  find(id: number, step: 1 | -1, accepts: (id: number) => boolean): number {
    const count = this.#all.length
    const position = Math.max(0, this.#all.indexOf(id))
    for (let i = 1; i <= count; i += 1) {
      const candidate = this.#all.at((((position + step * i) % count) + count) % count)
      if (!this.#columns.isNote(candidate) && accepts(candidate) && this.#filter.wants(candidate))
        return candidate
    }
    return -1
  }

  /** How many rows in front of `id` are wanted and accepted. */
  countBefore(id: number, accepts: (id: number) => boolean): number {
    let count = 0
    for (let position = 0; position < this.#all.length; position += 1) {
      const candidate = this.#all.at(position)
      if (candidate === id) break
      if (accepts(candidate) && this.#filter.wants(candidate)) count += 1
    }
    return count
  }

  /** How many of the rows `from` up to `to` are on screen, from row `at` of the screen on. */
  #shownAmong(from: number, to: number, at: number): number {
    let shown = 0
    for (let position = from; position < to && at + shown < this.#visible.length; position += 1)
      if (this.#all.at(position) === this.#visible.at(at + shown)) shown += 1
    return shown
  }

  /** The position it was put at. */
  #insertInto(list: IdList, id: number, isBeforeEqual: boolean): number {
    let position = list.length
    while (position > 0) {
      const order = this.#columns.compare(list.at(position - 1), id)
      if (order < 0 || (order === 0 && !isBeforeEqual)) break
      position -= 1
    }
    list.insert(position, id)
    return position
  }
}

function removeFrom(list: IdList, id: number): void {
  const position = list.indexOf(id)
  if (position >= 0) list.remove(position)
}
