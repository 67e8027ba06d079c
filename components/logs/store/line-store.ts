import { stripAnsi } from '#lib/logs/ansi'
import type { LineCursor } from '#lib/logs/cursor'
import { detectLevel } from '#lib/logs/level'
import { lineFlags } from '#lib/logs/line-assembler'
import type { NanoTime } from '#lib/logs/nano-time'
import { eachLine, type LogGap, type LogLines, type LogMarker } from '#lib/logs/wire'
import { LineColumns } from './line-columns.ts'
import { RowList } from './row-list.ts'
import { joinTexts, type LineTexts, type TextPage, TextPages } from './text-pages.ts'

/** Lines held at most, and bytes of text; beyond, the oldest are let go and the store says how many. */
const standardMaxLines = 1_500_000
const maxBytes = 256 * 1024 * 1024

/** What the viewer shows besides lines, in its place. */
export type NoteRow = LogMarker | LogGap

export interface Filter {
  /** Null: all. */
  sources: ReadonlySet<number> | null
  levels: ReadonlySet<number> | null
  stream: 'all' | 'stdout' | 'stderr'
  /** Only lines that match the search. */
  isMatchOnly: boolean
}

/**
 * The lines a viewer holds: text as bytes in pages, everything else in typed arrays by line id, and their order as a list
 * of ids. No object a line: a million of them stay below what the texts weigh.
 */
export class LineStore {
  readonly #columns = new LineColumns()
  readonly #pages = new TextPages()
  readonly #rows = new RowList(this.#columns)
  readonly #notes = new Map<number, NoteRow>()
  #matched = new Uint8Array(8192)
  #filter: Filter = { sources: null, levels: null, stream: 'all', isMatchOnly: false }
  readonly #maxLines: number
  lineCount = 0
  matchCount = 0
  droppedCount = 0
  readonly countsByLevel = new Uint32Array(8)

  constructor(maxLines = standardMaxLines) {
    this.#maxLines = maxLines
  }

  /** Rows on screen: lines and notes that pass the filter. */
  get rowCount(): number {
    return this.#rows.visible.length
  }

  idAt(position: number): number {
    return this.#rows.visible.at(position)
  }

  positionOf(id: number): number {
    return this.#rows.visible.indexOf(id)
  }

  note(id: number): NoteRow | null {
    return this.#notes.get(id) ?? null
  }

  text(id: number): string {
    if (this.#columns.isNote(id)) return ''
    return this.#pages.decode(this.#columns.page(id), this.#columns.from(id), this.#columns.to(id))
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

  isMatch(id: number): boolean {
    return this.#matched[id] === 1
  }

  /** Adds what came; late lines go to their place. `toSource` maps the message's sources to the store's. */
  append(message: LogLines, toSource: (index: number) => number): number[] {
    const ids = this.#add(message, toSource)
    for (const id of ids) {
      if ((this.flags(id) & lineFlags.late) !== 0) this.#rows.insertByTime(id)
      else this.#rows.push(id)
    }
    this.#shrink()
    return ids
  }

  /** Adds older lines, each to its place by time. */
  insertOlder(messages: readonly LogLines[], toSource: (index: number) => number): number[] {
    const added = messages.flatMap((message) => this.#add(message, toSource))
    this.#rows.mergeByTime(added)
    return added
  }

  addNote(note: NoteRow, source: number): number {
    const id = this.#newId(note, source, 0, 0)
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
    this.#filter = filter
    const { sources, levels, stream, isMatchOnly } = filter
    const isOpen = !sources && !levels && stream === 'all' && !isMatchOnly
    this.#rows.setTest(isOpen ? null : (id) => this.#passes(id))
  }

  setMatches(ids: readonly number[]): void {
    for (const id of ids) {
      if (this.#matched[id] === 1) continue
      this.#matched[id] = 1
      this.matchCount += 1
    }
    if (this.#filter.isMatchOnly && ids.length > 0) this.#rows.refilter()
  }

  clearMatches(): void {
    this.#matched.fill(0)
    this.matchCount = 0
    if (this.#filter.isMatchOnly) this.#rows.refilter()
  }

  /** The next row from `position` on, in steps of `step`, that `accepts` takes; -1 where there is none. Goes round the end. */
  find(position: number, step: 1 | -1, accepts: (id: number) => boolean): number {
    const count = this.rowCount
    for (let i = 1; i <= count; i += 1) {
      const at = (((position + step * i) % count) + count) % count
      const id = this.idAt(at)
      if (!this.#columns.isNote(id) && accepts(id)) return at
    }
    return -1
  }

  /** How many matches stand in front of this row. */
  matchesBefore(position: number): number {
    let count = 0
    for (let i = 0; i < position; i += 1) if (this.isMatch(this.idAt(i))) count += 1
    return count
  }

  /** The texts of all lines held, a page at a time. */
  *texts(): Generator<LineTexts> {
    for (const page of this.#pages.live()) yield this.#textsOfPage(page)
  }

  textsOf(ids: readonly number[]): LineTexts {
    return joinTexts(
      ids,
      ids.map((id) => this.text(id)),
    )
  }

  #textsOfPage(page: TextPage): LineTexts {
    const ids = page.ids.filter((id) => this.#pages.at(this.#columns.page(id)) === page)
    return {
      ids,
      bytes: page.bytes.slice(0, page.used),
      from: Uint32Array.from(ids, (id) => this.#columns.from(id)),
      to: Uint32Array.from(ids, (id) => this.#columns.to(id)),
    }
  }

  #add(message: LogLines, toSource: (index: number) => number): number[] {
    const { index: pageIndex, page, start } = this.#pages.add(message.text)
    const ordinals = new Map(message.ordinals)
    const cut = new Map(message.cut)
    const ids: number[] = []
    let at = start
    eachLine(message, ({ time, source, flags, text, index }) => {
      const id = this.#newId(time, toSource(source), detectLevel(text), flags)
      const newline = page.bytes.indexOf(10, at)
      const end = newline < 0 || newline > page.used ? page.used : newline
      this.#columns.setText(id, pageIndex, at, end)
      at = end + 1
      const ordinal = ordinals.get(index)
      if (ordinal !== undefined) this.#columns.setOrdinal(id, ordinal)
      const dropped = cut.get(index)
      if (dropped !== undefined) this.#columns.setCutBytes(id, dropped)
      page.ids.push(id)
      ids.push(id)
    })
    page.live += ids.length
    this.lineCount += ids.length
    return ids
  }

  #newId(time: NanoTime, source: number, level: number, flags: number): number {
    const id = this.#columns.add(time, source, level, flags)
    if (id >= this.#matched.length) {
      const matched = new Uint8Array(this.#columns.capacity)
      matched.set(this.#matched)
      this.#matched = matched
    }
    this.#matched[id] = 0
    this.countsByLevel[level] = (this.countsByLevel[level] ?? 0) + 1
    return id
  }

  #passes(id: number): boolean {
    const { sources, levels, stream, isMatchOnly } = this.#filter
    if (sources && !sources.has(this.source(id))) return false
    if (this.#columns.isNote(id)) return true
    if (levels && !levels.has(this.level(id))) return false
    if (stream !== 'all' && this.#columns.isStderr(id) !== (stream === 'stderr')) return false
    return !isMatchOnly || this.isMatch(id)
  }

  /** Lets the oldest go, a good part at once. */
  #shrink(): void {
    if (this.lineCount <= this.#maxLines && this.#pages.bytes <= maxBytes) return
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
    if (this.#columns.isNote(id)) this.#notes.delete(id)
    else {
      this.lineCount -= 1
      this.#pages.release(this.#columns.page(id))
      if (this.#matched[id] === 1) this.matchCount -= 1
      const level = this.level(id)
      this.countsByLevel[level] = Math.max(0, (this.countsByLevel[level] ?? 0) - 1)
    }
    this.#matched[id] = 0
    this.#columns.release(id)
  }
}
