import { stripAnsi } from '#lib/logs/ansi'
import type { LineCursor } from '#lib/logs/cursor'
import { detectLevel } from '#lib/logs/level'
import { lineFlags } from '#lib/logs/line-assembler'
import type { NanoTime } from '#lib/logs/nano-time'
import { eachLine, type LogGap, type LogLines, type LogMarker } from '#lib/logs/wire'

/** Lines held at most, and bytes of text; beyond, the oldest are let go and the store says how many. */
const standardMaxLines = 1_500_000
const maxBytes = 256 * 1024 * 1024
const pageBytes = 64 * 1024

interface Page {
  bytes: Uint8Array
  used: number
  ids: number[]
  live: number
}

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

const noteBit = 0x8000
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const encoder = new TextEncoder()

/** A list of numbers that grows at the end without copying a million of them each time. */
class IdList {
  array = new Uint32Array(4096)
  start = 0
  end = 0

  get length(): number {
    return this.end - this.start
  }

  at(position: number): number {
    return this.array[this.start + position] ?? 0
  }

  push(id: number): void {
    if (this.end === this.array.length) this.#make(this.length * 2 + 4096)
    this.array[this.end] = id
    this.end += 1
  }

  insert(position: number, id: number): void {
    this.push(id)
    const at = this.start + position
    this.array.copyWithin(at + 1, at, this.end - 1)
    this.array[at] = id
  }

  remove(position: number): void {
    this.array.copyWithin(this.start + position, this.start + position + 1, this.end)
    this.end -= 1
  }

  replace(array: Uint32Array<ArrayBuffer>, length: number): void {
    this.array = array
    this.start = 0
    this.end = length
  }

  indexOf(id: number): number {
    return this.array.subarray(this.start, this.end).indexOf(id)
  }

  #make(capacity: number): void {
    const array = new Uint32Array(capacity)
    array.set(this.array.subarray(this.start, this.end))
    this.replace(array, this.length)
  }
}

/**
 * The lines a viewer holds: text as bytes in pages, everything else in typed arrays by line id, and their order as a list
 * of ids. No object a line: a million of them stay below what the texts weigh.
 */
export class LineStore {
  #seconds = new Uint32Array(8192)
  #nanos = new Uint32Array(8192)
  /** Source 0..255, level << 8, flags << 16 (they hold `lineFlags`), and `noteBit` for rows that are no lines. */
  #meta = new Uint32Array(8192)
  #page = new Uint32Array(8192)
  #from = new Uint32Array(8192)
  #to = new Uint32Array(8192)
  #matched = new Uint8Array(8192)
  readonly #pages: (Page | null)[] = []
  readonly #notes = new Map<number, NoteRow>()
  readonly #ordinals = new Map<number, number>()
  readonly #cut = new Map<number, number>()
  readonly #free: number[] = []
  #nextId = 0
  readonly #rows = new IdList()
  /** The rows that pass the filter; the same list as `#rows` while there is none. */
  #visible = this.#rows
  #filter: Filter = { sources: null, levels: null, stream: 'all', isMatchOnly: false }
  #bytes = 0
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
    return this.#visible.length
  }

  idAt(position: number): number {
    return this.#visible.at(position)
  }

  positionOf(id: number): number {
    return this.#visible.indexOf(id)
  }

  note(id: number): NoteRow | null {
    return this.#notes.get(id) ?? null
  }

  text(id: number): string {
    const page = this.#pages[this.#page[id] ?? 0]
    return page && !this.#isNote(id) ? decoder.decode(page.bytes.subarray(this.#from[id], this.#to[id])) : ''
  }

  time(id: number): NanoTime {
    return { seconds: this.#seconds[id] ?? 0, nanos: this.#nanos[id] ?? 0 }
  }

  source(id: number): number {
    return (this.#meta[id] ?? 0) & 0xff
  }

  level(id: number): number {
    return ((this.#meta[id] ?? 0) >> 8) & 0x7
  }

  flags(id: number): number {
    return (this.#meta[id] ?? 0) >> 16
  }

  cutBytes(id: number): number {
    return this.#cut.get(id) ?? 0
  }

  isMatch(id: number): boolean {
    return this.#matched[id] === 1
  }

  cursor(id: number): LineCursor {
    const isStderr = (this.flags(id) & lineFlags.stderr) !== 0
    return { ...this.time(id), isStderr, ordinal: this.#ordinals.get(id) ?? 0 }
  }

  /** Adds what came; late lines go to their place. `toSource` maps the message's sources to the store's. */
  append(message: LogLines, toSource: (index: number) => number): number[] {
    const ids = this.#add(message, toSource)
    for (const id of ids) {
      if ((this.flags(id) & lineFlags.late) !== 0) this.#insertByTime(id)
      else this.#push(id)
    }
    this.#shrink()
    return ids
  }

  /** Adds older lines of one source, each to its place by time. */
  insertOlder(messages: readonly LogLines[], source: number): number[] {
    const added = messages.flatMap((message) => this.#add(message, () => source))
    const merged = new Uint32Array(this.#rows.length + added.length + 4096)
    let [i, j, at] = [0, 0, 0]
    while (i < added.length || j < this.#rows.length) {
      const id = added[i]
      const old = j < this.#rows.length ? this.#rows.at(j) : undefined
      if (id !== undefined && (old === undefined || this.#compare(id, old) <= 0)) {
        merged[at] = id
        i += 1
      } else {
        merged[at] = old ?? 0
        j += 1
      }
      at += 1
    }
    this.#rows.replace(merged, at)
    this.#refilter()
    return added
  }

  addNote(note: NoteRow, source: number): number {
    const id = this.#newId(note.seconds, note.nanos, source, 0, 0)
    this.#meta[id] = (this.#meta[id] ?? 0) | noteBit
    this.#notes.set(id, note)
    this.#insertByTime(id, note.type === 'gap')
    return id
  }

  removeNote(id: number): void {
    this.#notes.delete(id)
    const position = this.#rows.indexOf(id)
    if (position >= 0) this.#rows.remove(position)
    if (this.#visible !== this.#rows) {
      const shown = this.#visible.indexOf(id)
      if (shown >= 0) this.#visible.remove(shown)
    }
    this.#free.push(id)
  }

  clear(): void {
    for (let position = 0; position < this.#rows.length; position += 1) this.#release(this.#rows.at(position))
    this.#rows.replace(new Uint32Array(4096), 0)
    this.#refilter()
  }

  setFilter(filter: Filter): void {
    this.#filter = filter
    this.#refilter()
  }

  setMatches(ids: readonly number[]): void {
    for (const id of ids) {
      if (this.#matched[id] === 1) continue
      this.#matched[id] = 1
      this.matchCount += 1
    }
    if (this.#filter.isMatchOnly && ids.length > 0) this.#refilter()
  }

  clearMatches(): void {
    this.#matched.fill(0)
    this.matchCount = 0
    if (this.#filter.isMatchOnly) this.#refilter()
  }

  /** The next row from `position` on, in steps of `step`, that `accepts` takes; -1 where there is none. Goes round the end. */
  find(position: number, step: 1 | -1, accepts: (id: number) => boolean): number {
    const count = this.rowCount
    for (let i = 1; i <= count; i += 1) {
      const at = (((position + step * i) % count) + count) % count
      const id = this.idAt(at)
      if (!this.#isNote(id) && accepts(id)) return at
    }
    return -1
  }

  /** How many matches stand in front of this row. */
  matchesBefore(position: number): number {
    let count = 0
    for (let i = 0; i < position; i += 1) if (this.isMatch(this.idAt(i))) count += 1
    return count
  }

  /** Pages of text, for the search; `seen` are pages' ids that were given already. */
  *texts(): Generator<{ ids: number[]; bytes: Uint8Array<ArrayBuffer>; from: Uint32Array; to: Uint32Array }> {
    for (const page of this.#pages) if (page && page.live > 0) yield this.textsOf(page.ids, page)
  }

  textsOf(
    ids: readonly number[],
    page?: Page,
  ): { ids: number[]; bytes: Uint8Array<ArrayBuffer>; from: Uint32Array; to: Uint32Array } {
    if (page) {
      const live = ids.filter((id) => this.#pages[this.#page[id] ?? 0] === page)
      return {
        ids: live,
        bytes: new Uint8Array(page.bytes.subarray(0, page.used)),
        from: Uint32Array.from(live, (id) => this.#from[id] ?? 0),
        to: Uint32Array.from(live, (id) => this.#to[id] ?? 0),
      }
    }
    const bytes = encoder.encode(ids.map((id) => this.text(id)).join('\n'))
    const from = new Uint32Array(ids.length)
    const to = new Uint32Array(ids.length)
    let at = 0
    ids.forEach((id, index) => {
      from[index] = at
      at += (this.#to[id] ?? 0) - (this.#from[id] ?? 0)
      to[index] = at
      at += 1
    })
    return { ids: [...ids], bytes, from, to }
  }

  #add(message: LogLines, toSource: (index: number) => number): number[] {
    const pageIndex = this.#pageFor(message.text)
    const page = this.#pages[pageIndex]
    if (!page) return []
    const start = page.used
    page.used += encoder.encodeInto(message.text, page.bytes.subarray(start)).written
    this.#bytes += page.used - start
    const ordinals = new Map(message.ordinals)
    const cut = new Map(message.cut)
    const ids: number[] = []
    let at = start
    eachLine(message, ({ time, source, flags, text, index }) => {
      const id = this.#newId(time.seconds, time.nanos, toSource(source), detectLevel(text), flags)
      const newline = page.bytes.indexOf(10, at)
      const end = newline < 0 || newline > page.used ? page.used : newline
      this.#page[id] = pageIndex
      this.#from[id] = at
      this.#to[id] = end
      at = end + 1
      const ordinal = ordinals.get(index)
      if (ordinal !== undefined) this.#ordinals.set(id, ordinal)
      const dropped = cut.get(index)
      if (dropped !== undefined) this.#cut.set(id, dropped)
      page.ids.push(id)
      ids.push(id)
    })
    page.live += ids.length
    this.lineCount += ids.length
    return ids
  }

  /** A page with room for this text: the last one, or a new one. */
  #pageFor(text: string): number {
    const last = this.#pages.length - 1
    const page = this.#pages[last]
    if (page && page.bytes.length - page.used > text.length * 3) return last
    const isShort = text.length * 3 < pageBytes
    // encodeInto wants room for the worst case; a large message gets its exact size instead.
    const size = isShort ? pageBytes : encoder.encode(text).length
    this.#pages.push({ bytes: new Uint8Array(size), used: 0, ids: [], live: 0 })
    return last + 1
  }

  #newId(seconds: number, nanos: number, source: number, level: number, flags: number): number {
    const id = this.#free.pop() ?? this.#nextId++
    if (id >= this.#seconds.length) this.#grow()
    this.#seconds[id] = seconds
    this.#nanos[id] = nanos
    this.#meta[id] = (source & 0xff) | (level << 8) | (flags << 16)
    this.#matched[id] = 0
    this.countsByLevel[level] = (this.countsByLevel[level] ?? 0) + 1
    return id
  }

  #grow(): void {
    const grown = (old: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> => {
      const array = new Uint32Array(old.length * 2)
      array.set(old)
      return array
    }
    this.#seconds = grown(this.#seconds)
    this.#nanos = grown(this.#nanos)
    this.#meta = grown(this.#meta)
    this.#page = grown(this.#page)
    this.#from = grown(this.#from)
    this.#to = grown(this.#to)
    const matched = new Uint8Array(this.#matched.length * 2)
    matched.set(this.#matched)
    this.#matched = matched
  }

  #isNote(id: number): boolean {
    return ((this.#meta[id] ?? 0) & noteBit) !== 0
  }

  #compare(a: number, b: number): number {
    return (this.#seconds[a] ?? 0) - (this.#seconds[b] ?? 0) || (this.#nanos[a] ?? 0) - (this.#nanos[b] ?? 0)
  }

  #push(id: number): void {
    this.#rows.push(id)
    if (this.#visible !== this.#rows && this.#passes(id)) this.#visible.push(id)
  }

  #insertByTime(id: number, isBeforeEqual = false): void {
    this.#insertInto(this.#rows, id, isBeforeEqual)
    if (this.#visible !== this.#rows && this.#passes(id)) this.#insertInto(this.#visible, id, isBeforeEqual)
  }

  #insertInto(list: IdList, id: number, isBeforeEqual: boolean): void {
    let position = list.length
    while (position > 0) {
      const order = this.#compare(list.at(position - 1), id)
      if (order < 0 || (order === 0 && !isBeforeEqual)) break
      position -= 1
    }
    list.insert(position, id)
  }

  #passes(id: number): boolean {
    const { sources, levels, stream, isMatchOnly } = this.#filter
    if (sources && !sources.has(this.source(id))) return false
    if (this.#isNote(id)) return true
    if (levels && !levels.has(this.level(id))) return false
    const isStderr = (this.flags(id) & lineFlags.stderr) !== 0
    if (stream !== 'all' && isStderr !== (stream === 'stderr')) return false
    return !isMatchOnly || this.isMatch(id)
  }

  #refilter(): void {
    const { sources, levels, stream, isMatchOnly } = this.#filter
    if (!sources && !levels && stream === 'all' && !isMatchOnly) {
      this.#visible = this.#rows
      return
    }
    const list = new IdList()
    for (let position = 0; position < this.#rows.length; position += 1) {
      const id = this.#rows.at(position)
      if (this.#passes(id)) list.push(id)
    }
    this.#visible = list
  }

  /** Lets the oldest go, a good part at once. */
  #shrink(): void {
    if (this.lineCount <= this.#maxLines && this.#bytes <= maxBytes) return
    const count = Math.ceil(this.#rows.length / 10)
    for (let i = 0; i < count; i += 1) {
      const id = this.#rows.at(i)
      if (!this.#isNote(id)) this.droppedCount += 1
      this.#release(id)
    }
    this.#rows.start += count
    this.#refilter()
  }

  #release(id: number): void {
    if (this.#isNote(id)) this.#notes.delete(id)
    else {
      const index = this.#page[id] ?? 0
      const page = this.#pages[index]
      this.lineCount -= 1
      if (page) {
        page.live -= 1
        if (page.live === 0 && index < this.#pages.length - 1) {
          this.#bytes -= page.used
          this.#pages[index] = null
        }
      }
      if (this.#matched[id] === 1) this.matchCount -= 1
      const level = this.level(id)
      this.countsByLevel[level] = Math.max(0, (this.countsByLevel[level] ?? 0) - 1)
    }
    this.#matched[id] = 0
    this.#ordinals.delete(id)
    this.#cut.delete(id)
    this.#page[id] = 0xffffffff
    this.#free.push(id)
  }

  /** What is copied of a line: its text as the program wrote it, without colours. */
  copyText(id: number): string {
    return stripAnsi(this.text(id))
  }
}
