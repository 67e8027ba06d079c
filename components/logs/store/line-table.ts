import { detectLevel } from '#lib/logs/level'
import { lineFlags } from '#lib/logs/line-assembler'
import type { NanoTime } from '#lib/logs/nano-time'
import { eachLine, type LogLines } from '#lib/logs/wire'
import { LevelCounts } from './level-counts.ts'
import { LineColumns } from './line-columns.ts'
import { LineMarks } from './line-marks.ts'
import { joinTexts, type LineTexts, type TextPage, TextPages } from './text-pages.ts'
import { TraceGroups } from './trace-groups.ts'

/** The facts of all lines held, by line id: text, columns, marks, traces, counts. Their order is `RowList`'s. */
export class LineTable {
  readonly columns = new LineColumns()
  readonly marks = new LineMarks()
  readonly groups = new TraceGroups()
  readonly counts = new LevelCounts()
  readonly #pages = new TextPages()

  /** Bytes of text held. */
  get textBytes(): number {
    return this.#pages.bytes
  }

  /** Takes lines in; their ids. */
  add(message: LogLines, toSource: (index: number) => number): number[] {
    const { index: pageIndex, page, start } = this.#pages.add(message.text)
    const ordinals = new Map(message.ordinals)
    const cut = new Map(message.cut)
    const ids: number[] = []
    let at = start
    eachLine(message, ({ time, source, flags, text, index }) => {
      const id = this.#newLine(time, toSource(source), flags, text)
      const newline = page.bytes.indexOf(10, at)
      const end = newline < 0 || newline > page.used ? page.used : newline
      this.columns.setText(id, pageIndex, at, end)
      at = end + 1
      const ordinal = ordinals.get(index)
      if (ordinal !== undefined) this.columns.setOrdinal(id, ordinal)
      const dropped = cut.get(index)
      if (dropped !== undefined) this.columns.setCutBytes(id, dropped)
      page.ids.push(id)
      ids.push(id)
    })
    page.live += ids.length
    return ids
  }

  /** The lines of a trace have the level of its head, where they say none. */
  #newLine(time: NanoTime, source: number, flags: number, text: string): number {
    const own = detectLevel(text)
    const id = this.newRow(time, source, own, flags)
    const headId = this.groups.add(id, source, (flags & lineFlags.stderr) !== 0, { text, level: own, time })
    const level = headId >= 0 && own === 0 ? this.columns.level(headId) : own
    if (level !== own) this.columns.setLevel(id, level)
    this.counts.add(source, level, headId < 0)
    return id
  }

  /** A row that is no line yet. */
  newRow(time: NanoTime, source: number, level: number, flags: number): number {
    const id = this.columns.add(time, source, level, flags)
    this.marks.reset(id, this.columns.capacity)
    return id
  }

  text(id: number): string {
    if (this.columns.isNote(id)) return ''
    return this.#pages.decode(this.columns.page(id), this.columns.from(id), this.columns.to(id))
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
    // Some of its lines may have been let go; mostly none has.
    const ids =
      page.live === page.ids.length
        ? page.ids.slice()
        : page.ids.filter((id) => this.#pages.at(this.columns.page(id)) === page)
    const from = new Uint32Array(ids.length)
    const to = new Uint32Array(ids.length)
    for (let i = 0; i < ids.length; i += 1) {
      from[i] = this.columns.from(ids[i] ?? 0)
      to[i] = this.columns.to(ids[i] ?? 0)
    }
    return { ids, bytes: page.bytes.slice(0, page.used), from, to }
  }

  /** Forgets a row; its id may come back after the next `columns.recycle`. */
  release(id: number): void {
    if (!this.columns.isNote(id)) {
      this.counts.remove(this.columns.source(id), this.columns.level(id), this.groups.headOf(id) < 0)
      this.#pages.release(this.columns.page(id))
    }
    this.groups.release(id)
    this.marks.reset(id, 0)
    this.columns.release(id)
  }
}
