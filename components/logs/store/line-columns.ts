import type { LineCursor } from '#lib/logs/cursor'
import { lineFlags } from '#lib/logs/line-assembler'
import type { NanoTime } from '#lib/logs/nano-time'

const noteBit = 0x8000
const noPage = 0xffffffff

type Column = Uint32Array<ArrayBuffer>

/** What is known of each line besides its text, in one typed array a fact, by line id. Ids of lines let go are used again. */
export class LineColumns {
  #seconds: Column = new Uint32Array(8192)
  #nanos: Column = new Uint32Array(8192)
  /** Source 0..255, level << 8, flags << 16 (they hold `lineFlags`), and `noteBit` for rows that are no lines. */
  #meta: Column = new Uint32Array(8192)
  #page: Column = new Uint32Array(8192)
  #from: Column = new Uint32Array(8192)
  #to: Column = new Uint32Array(8192)
  readonly #ordinals = new Map<number, number>()
  readonly #cut = new Map<number, number>()
  #free: number[] = []
  /** Ids let go that somebody may still speak of: the worker answers late. */
  #resting: number[] = []
  #nextId = 0

  /** Ids are below this. */
  get capacity(): number {
    return this.#seconds.length
  }

  add(time: NanoTime, source: number, level: number, flags: number): number {
    const id = this.#free.pop() ?? this.#nextId++
    if (id >= this.#seconds.length) this.#grow()
    this.#seconds[id] = time.seconds
    this.#nanos[id] = time.nanos
    this.#meta[id] = (source & 0xff) | (level << 8) | (flags << 16)
    return id
  }

  markAsNote(id: number): void {
    this.#meta[id] = (this.#meta[id] ?? 0) | noteBit
  }

  setLevel(id: number, level: number): void {
    this.#meta[id] = ((this.#meta[id] ?? 0) & ~0x700) | (level << 8)
  }

  setText(id: number, page: number, from: number, to: number): void {
    this.#page[id] = page
    this.#from[id] = from
    this.#to[id] = to
  }

  setOrdinal(id: number, ordinal: number): void {
    this.#ordinals.set(id, ordinal)
  }

  setCutBytes(id: number, bytes: number): void {
    this.#cut.set(id, bytes)
  }

  /** The id may come back for another line, after the next `recycle`. */
  release(id: number): void {
    this.#ordinals.delete(id)
    this.#cut.delete(id)
    this.#page[id] = noPage
    this.#resting.push(id)
  }

  /** Ids let go before the last call may be used again. */
  recycle(): void {
    this.#free = this.#free.concat(this.#resting)
    this.#resting = []
  }

  isHeld(id: number): boolean {
    return this.#page[id] !== noPage
  }

  isNote(id: number): boolean {
    return ((this.#meta[id] ?? 0) & noteBit) !== 0
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

  isStderr(id: number): boolean {
    return (this.flags(id) & lineFlags.stderr) !== 0
  }

  page(id: number): number {
    return this.#page[id] ?? 0
  }

  from(id: number): number {
    return this.#from[id] ?? 0
  }

  to(id: number): number {
    return this.#to[id] ?? 0
  }

  cutBytes(id: number): number {
    return this.#cut.get(id) ?? 0
  }

  time(id: number): NanoTime {
    return { seconds: this.#seconds[id] ?? 0, nanos: this.#nanos[id] ?? 0 }
  }

  cursor(id: number): LineCursor {
    return { ...this.time(id), isStderr: this.isStderr(id), ordinal: this.#ordinals.get(id) ?? 0 }
  }

  /** By time; negative when `a` is earlier. */
  compare(a: number, b: number): number {
    return (this.#seconds[a] ?? 0) - (this.#seconds[b] ?? 0) || (this.#nanos[a] ?? 0) - (this.#nanos[b] ?? 0)
  }

  #grow(): void {
    const grown = (old: Column): Column => {
      const column = new Uint32Array(old.length * 2)
      column.set(old)
      return column
    }
    this.#seconds = grown(this.#seconds)
    this.#nanos = grown(this.#nanos)
    this.#meta = grown(this.#meta)
    this.#page = grown(this.#page)
    this.#from = grown(this.#from)
    this.#to = grown(this.#to)
  }
}
