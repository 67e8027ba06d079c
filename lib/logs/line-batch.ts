import type { LineCursor } from './cursor.ts'
import { type AssembledLine, type LineSink, lineFlags } from './line-assembler.ts'

const perLineBytes = 32

/**
 * Lines in columns: times, flags, and one run of UTF-8 bytes with `\n` between the lines. Cheap to fill, to copy ranges
 * between, and to turn into one string; no object a line.
 */
export class LineBatch implements LineSink {
  count = 0
  readonly seconds: number[] = []
  readonly nanos: number[] = []
  readonly flags: number[] = []
  /** Index of the container each line came from, in a merged stream. */
  readonly sources: number[] = []
  /** Where line i's text ends in `bytes`; it begins at 0 or one behind the end before. */
  readonly ends: number[] = []
  /** Only the lines whose ordinal is not 0, and those that were cut, with the bytes dropped. */
  readonly ordinals = new Map<number, number>()
  readonly droppedBytes = new Map<number, number>()
  bytes: Uint8Array
  length = 0

  constructor(capacityBytes = 1024) {
    this.bytes = new Uint8Array(capacityBytes)
  }

  /** A new batch without lines. */
  empty(): LineBatch {
    return new LineBatch()
  }

  /** Memory this batch holds, near enough for bounds. */
  get costBytes(): number {
    return this.length + this.count * perLineBytes
  }

  /** From the assembler. */
  line(line: AssembledLine, bytes: Uint8Array, start: number, end: number): void {
    if (line.ordinal > 0) this.ordinals.set(this.count, line.ordinal)
    if (line.droppedBytes > 0) this.droppedBytes.set(this.count, line.droppedBytes)
    this.seconds.push(line.seconds)
    this.nanos.push(line.nanos)
    this.flags.push(line.flags)
    this.sources.push(0)
    this.#appendText(bytes, start, end)
  }

  /** Copies one line of another batch. */
  addLine(from: LineBatch, index: number, source: number, extraFlags = 0): void {
    const ordinal = from.ordinals.get(index)
    if (ordinal !== undefined) this.ordinals.set(this.count, ordinal)
    const dropped = from.droppedBytes.get(index)
    if (dropped !== undefined) this.droppedBytes.set(this.count, dropped)
    this.seconds.push(from.seconds[index] ?? 0)
    this.nanos.push(from.nanos[index] ?? 0)
    this.flags.push((from.flags[index] ?? 0) | extraFlags)
    this.sources.push(source)
    this.#appendText(from.bytes, from.startOf(index), from.ends[index] ?? 0)
  }

  /** Copies lines `from` up to `to` of another batch. */
  addRange(other: LineBatch, from: number, to: number, source: number): void {
    if (from >= to) return
    const shift = this.count - from
    for (const [index, ordinal] of other.ordinals)
      if (index >= from && index < to) this.ordinals.set(index + shift, ordinal)
    for (const [index, dropped] of other.droppedBytes)
      if (index >= from && index < to) this.droppedBytes.set(index + shift, dropped)
    const start = other.startOf(from)
    const move = (this.count === 0 ? 0 : this.length + 1) - start
    this.#appendText(other.bytes, start, other.ends[to - 1] ?? start)
    this.ends.pop()
    this.count += to - from - 1
    for (let i = from; i < to; i += 1) {
      this.seconds.push(other.seconds[i] ?? 0)
      this.nanos.push(other.nanos[i] ?? 0)
      this.flags.push(other.flags[i] ?? 0)
      this.sources.push(source)
      this.ends.push((other.ends[i] ?? 0) + move)
    }
  }

  startOf(index: number): number {
    return index === 0 ? 0 : (this.ends[index - 1] ?? 0) + 1
  }

  byteLength(index: number): number {
    return (this.ends[index] ?? 0) - this.startOf(index)
  }

  /** The text of one line; bytes that are not UTF-8 become U+FFFD. */
  textOf(index: number): string {
    return decode(this.bytes.subarray(this.startOf(index), this.ends[index] ?? 0))
  }

  /** All texts with `\n` between them. */
  text(): string {
    return decode(this.bytes.subarray(0, this.length))
  }

  cursorOf(index: number): LineCursor {
    return {
      seconds: this.seconds[index] ?? 0,
      nanos: this.nanos[index] ?? 0,
      isStderr: ((this.flags[index] ?? 0) & lineFlags.stderr) !== 0,
      ordinal: this.ordinals.get(index) ?? 0,
    }
  }

  #appendText(bytes: Uint8Array, start: number, end: number): void {
    const at = this.count === 0 ? 0 : this.length + 1
    const needed = at + (end - start)
    if (needed > this.bytes.length) {
      const larger = new Uint8Array(Math.max(needed, this.bytes.length * 2))
      larger.set(this.bytes.subarray(0, this.length))
      this.bytes = larger
    }
    if (at > 0) this.bytes[at - 1] = 10
    this.bytes.set(bytes.subarray(start, end), at)
    this.length = needed
    this.ends.push(needed)
    this.count += 1
  }
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

function decode(bytes: Uint8Array): string {
  return decoder.decode(bytes)
}
