import { stripAnsi } from '#lib/logs/ansi'
import type { LineCursor } from '#lib/logs/cursor'
import { lineFlags } from '#lib/logs/line-assembler'
import type { NanoTime } from '#lib/logs/nano-time'
import type { LogGap, LogLines, LogMarker } from '#lib/logs/wire'
import { marks } from './line-marks.ts'
import { LineTable } from './line-table.ts'
import { type Filter, RowFilter } from './row-filter.ts'
import { RowList } from './row-list.ts'
import type { LineTexts } from './text-pages.ts'
import type { TraceGroup } from './trace-groups.ts'

/** Lines held at most, and bytes of text; beyond, the oldest are let go and the store says how many. */
const standardMaxLines = 1_500_000
const maxBytes = 256 * 1024 * 1024
const countedForMs = 500

/** What the viewer shows besides lines, in its place. */
export type NoteRow = LogMarker | LogGap

/**
 * The lines a viewer holds: text as bytes in pages, everything else in typed arrays by line id, and their order as a list
 * of ids. No object a line: a million of them stay below what the texts weigh.
 */
export class LineStore {
  readonly #table = new LineTable()
  readonly #columns = this.#table.columns
  readonly #marks = this.#table.marks
  readonly #groups = this.#table.groups
  readonly counts = this.#table.counts
  readonly #filter = new RowFilter(this.#columns, this.#marks, this.#groups)
  readonly #rows = new RowList(this.#columns, this.#filter)
  readonly #notes = new Map<number, NoteRow>()
  readonly #maxLines: number
  #hasStaleRows = false
  #before = { id: -1, count: 0, atMs: -Infinity }
  droppedCount = 0

  constructor(maxLines = standardMaxLines) {
    this.#maxLines = maxLines
  }

  get lineCount(): number {
    return this.counts.lines
  }

  /** Rows on screen: lines and notes that pass the filter. */
  get rowCount(): number {
    return this.#rows.visible.length
  }

  idAt(position: number): number {
    return this.#rows.visible.at(position)
  }

  /** -1 where the row is not on screen. */
  positionOf(id: number): number {
    return this.#rows.visible.indexOf(id)
  }

  note(id: number): NoteRow | null {
    return this.#notes.get(id) ?? null
  }

  text(id: number): string {
    return this.#table.text(id)
  }

  /** What is copied of a line: its text as the program wrote it, without colours. */
  copyText(id: number): string {
    return stripAnsi(this.text(id))
  }

  time(id: number): NanoTime {
    return this.#columns.time(id)
  }

  source(id: number): number {
    return this.#columns.source(id)
  }

  level(id: number): number {
    return this.#columns.level(id)
  }

  flags(id: number): number {
    return this.#columns.flags(id)
  }

  cutBytes(id: number): number {
    return this.#columns.cutBytes(id)
  }

  cursor(id: number): LineCursor {
    return this.#columns.cursor(id)
  }

  /** Adds what came; late lines go to their place. `toSource` maps the message's sources to the store's. */
  append(message: LogLines, toSource: (index: number) => number): number[] {
    const ids = this.#table.add(message, toSource)
    for (const id of ids) {
      if ((this.flags(id) & lineFlags.late) !== 0) this.#rows.insertByTime(id)
      else this.#rows.push(id)
    }
    this.#shrink()
    return ids
  }

  /** Adds older lines, each to its place by time. */
  insertOlder(messages: readonly LogLines[], toSource: (index: number) => number): number[] {
    this.#groups.forgetStreams()
    const added = messages.flatMap((message) => this.#table.add(message, toSource))
    this.#groups.forgetStreams()
    this.#rows.mergeByTime(added)
    return added
  }

  addNote(note: NoteRow, source: number): number {
    const id = this.#table.newRow(note, source, 0, 0)
    this.#columns.markAsNote(id)
    this.#notes.set(id, note)
    this.#rows.insertByTime(id, note.type === 'gap')
    return id
  }

  removeNote(id: number): void {
    this.#notes.delete(id)
    this.#rows.remove(id)
    this.#columns.release(id)
  }

  clear(): void {
    const { all } = this.#rows
    for (let position = 0; position < all.length; position += 1) this.#release(all.at(position))
    this.#rows.clear()
  }

  setFilter(filter: Filter): void {
    this.#filter.filter = filter
    this.#rows.refilter()
  }

  /** The rest of a filtering that would hold up a frame; true when there is more to do. */
  continueFilter(budgetMs: number): boolean {
    return this.#rows.continueRefilter(budgetMs)
  }

  get isFiltering(): boolean {
    return this.#rows.isRefiltering
  }

  /** Whether a mark of `line-marks.ts` is on a line, and on how many. */
  hasMark(id: number, mark: number): boolean {
    return this.#marks.has(id, mark)
  }

  markCount(mark: number): number {
    return this.#marks.count(mark)
  }

  get matchCount(): number {
    return this.#marks.count(marks.match)
  }

  isMatch(id: number): boolean {
    return this.#marks.has(id, marks.match)
  }

  /** What is on screen follows with `refreshMarked`. */
  setMarks(ids: readonly number[], found: Uint8Array): void {
    ids.forEach((id, index) => {
      if (!this.#columns.isHeld(id)) return
      if (this.#marks.set(id, found[index] ?? 0)) this.#hasStaleRows = true
    })
  }

  clearMarks(): void {
    this.#marks.clear()
    this.#before.id = -1
    this.#hasStaleRows = true
  }

  /** Filters anew where marks have changed what is on screen. */
  refreshMarked(): void {
    if (this.#hasStaleRows && this.#filter.dependsOnMarks) this.#rows.refilter()
    this.#hasStaleRows = false
  }

  /** The next line from row `id` on, folded away or not, that passes the filter and `accepts`; -1 where there is none. Goes round the end. */
  find(id: number, step: 1 | -1, accepts: (id: number) => boolean): number {
    return this.#rows.find(id, step, accepts)
  }

  /** The first line held, on screen or not, that `accepts`; -1 where there is none. */
  findHeld(accepts: (id: number) => boolean): number {
    const { all } = this.#rows
    for (let position = 0; position < all.length; position += 1)
      if (accepts(all.at(position))) return all.at(position)
    return -1
  }

  /** How many matches stand in front of this row; while lines come, what it was up to half a second ago. */
  matchesBefore(id: number): number {
    const now = performance.now()
    const known = this.#before
    if (known.id === id && now - known.atMs < countedForMs) return known.count
    const count = this.#rows.countBefore(id, (candidate) => this.isMatch(candidate))
    this.#before = { id, count, atMs: now }
    return count
  }

  /** The trace that begins with this line. */
  traceOf(id: number): (TraceGroup & { isOpen: boolean }) | null {
    const group = this.#groups.groupOf(id)
    return group && { ...group, isOpen: this.#groups.isOpen(id) }
  }

  /** The first line of the trace this line is part of, itself where it begins one; -1 for other lines. */
  traceHeadOf(id: number): number {
    const headId = this.#groups.headOf(id)
    return headId < 0 && this.#groups.groupOf(id) ? id : headId
  }

  /** A line and, where it begins a trace, the rest of it, in their order. */
  withTrace(id: number): number[] {
    const group = this.#groups.groupOf(id)
    return group
      ? this.#rows.between(id, group.lastId, (other) => other === id || this.#groups.headOf(other) === id)
      : [id]
  }

  /** True where a row stands for the lines folded under it. */
  isFolded(id: number): boolean {
    const group = this.#groups.groupOf(id)
    return group !== null && this.#filter.isFoldedAway(group.lastId)
  }

  setTraceOpen(headId: number, isOpen: boolean): void {
    const group = this.#groups.groupOf(headId)
    if (!group) return
    this.#groups.setOpen(headId, isOpen)
    this.#rows.refilterBetween(headId, group.lastId)
  }

  /** The texts of all lines held, a page at a time. */
  texts(): Generator<LineTexts> {
    return this.#table.texts()
  }

  textsOf(ids: readonly number[]): LineTexts {
    return this.#table.textsOf(ids)
  }

  /** Lets the oldest go, a good part at once. */
  #shrink(): void {
    if (this.lineCount <= this.#maxLines && this.#table.textBytes <= maxBytes) return
    this.#columns.recycle()
    const { all } = this.#rows
    const count = Math.ceil(all.length / 10)
    for (let i = 0; i < count; i += 1) {
      const id = all.at(i)
      if (!this.#columns.isNote(id)) this.droppedCount += 1
      this.#release(id)
    }
    this.#rows.dropFirst(count)
  }

  #release(id: number): void {
    this.#notes.delete(id)
    this.#table.release(id)
  }
}
