import 'server-only'
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { LineCursor } from '#lib/logs/cursor'
import type { AssembledLine } from '#lib/logs/line-assembler'
import { lineFlags } from '#lib/logs/line-assembler'
import type { LineBatch } from '#lib/logs/line-batch'
import { addNanos } from '#lib/logs/nano-time'

/** Text of one sealed chunk. Measured by `npm run bench`: larger ones save little and cost every small read. */
export const chunkTextBytes = 256 * 1024

const version = 1
const compression = { params: { [constants.ZSTD_c_compressionLevel]: 3 } }

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Lines of one container in columns, as they stand in a chunk: times, flags, levels, and the text with `\n` between the lines. */
export class Chunk {
  count = 0
  seconds = new Float64Array(0)
  nanos = new Uint32Array(0)
  flags: Uint8Array = new Uint8Array(0)
  levels: Uint8Array = new Uint8Array(0)
  ends = new Uint32Array(0)
  bytes: Uint8Array = new Uint8Array(0)
  ordinals: ReadonlyMap<number, number> = new Map()
  droppedBytes: ReadonlyMap<number, number> = new Map()

  /** All texts with `\n` between them; bytes that are not UTF-8 become U+FFFD. */
  text(): string {
    return decoder.decode(this.bytes)
  }

  startOf(index: number): number {
    return index === 0 ? 0 : (this.ends[index - 1] ?? 0) + 1
  }

  cursorOf(index: number): LineCursor {
    return {
      seconds: this.seconds[index] ?? 0,
      nanos: this.nanos[index] ?? 0,
      isStderr: ((this.flags[index] ?? 0) & lineFlags.stderr) !== 0,
      ordinal: this.ordinals.get(index) ?? 0,
    }
  }

  msOf(index: number): number {
    return (this.seconds[index] ?? 0) * 1000 + Math.floor((this.nanos[index] ?? 0) / 1e6)
  }

  /** Appends one line to a batch. */
  copyTo(batch: LineBatch, index: number, source: number): void {
    line.seconds = this.seconds[index] ?? 0
    line.nanos = this.nanos[index] ?? 0
    line.flags = this.flags[index] ?? 0
    line.ordinal = this.ordinals.get(index) ?? 0
    line.droppedBytes = this.droppedBytes.get(index) ?? 0
    batch.line(line, this.bytes, this.startOf(index), this.ends[index] ?? 0)
    batch.sources[batch.count - 1] = source
  }
}

/** Reused: `LineBatch.line` copies. */
const line: AssembledLine = { flags: 0, seconds: 0, nanos: 0, ordinal: 0, droppedBytes: 0 }

/** Lines `from` up to `to` as compressed bytes; `levels` holds the level of each line of the batch. */
export function encodeChunk(batch: LineBatch, levels: Uint8Array, from: number, to: number): Uint8Array {
  const count = to - from
  const start = batch.startOf(from)
  const text = batch.bytes.subarray(start, batch.ends[to - 1] ?? start)
  const out = new Writer(text.length + count * 12 + 64)
  out.number(version)
  out.number(count)
  out.number(batch.seconds[from] ?? 0)
  out.number(batch.nanos[from] ?? 0)
  for (let i = from; i < to; i += 1) out.byte((batch.flags[i] ?? 0) & ~lineFlags.late)
  out.bytes(levels.subarray(from, to))
  for (let i = from + 1; i < to; i += 1) {
    const seconds = (batch.seconds[i] ?? 0) - (batch.seconds[i - 1] ?? 0)
    const nanos = (batch.nanos[i] ?? 0) - (batch.nanos[i - 1] ?? 0)
    // Nanoseconds of more than 104 days are no exact number: those steps go as seconds and nanoseconds.
    const isNear = Math.abs(seconds) < 4_000_000
    const delta = isNear ? seconds * 1e9 + nanos : 0
    out.number(isNear ? (delta < 0 ? -delta * 2 - 1 : delta * 2) + 1 : 0)
    if (isNear) continue
    out.number(batch.seconds[i] ?? 0)
    out.number(batch.nanos[i] ?? 0)
  }
  for (let i = from; i < to; i += 1) out.number(batch.byteLength(i))
  out.pairs(batch.ordinals, from, to)
  out.pairs(batch.droppedBytes, from, to)
  out.bytes(text)
  const raw = out.result()
  return zstdCompressSync(raw, { ...compression, chunkSize: Math.max(1024, raw.length) })
}

/** Reads `encodeChunk`. `rawBytes`: text bytes and some, how much room the columns need at most. */
export function decodeChunk(data: Uint8Array, textBytes: number, lineCount: number): Chunk {
  // One output buffer instead of one for each 16 KiB.
  const raw = zstdDecompressSync(data, { chunkSize: textBytes + lineCount * 20 + 4096 })
  const input = new Reader(raw)
  const chunk = new Chunk()
  if (input.number() !== version) throw new Error('a chunk of the log archive has an unknown version')
  const count = input.number()
  chunk.count = count
  chunk.seconds = new Float64Array(count)
  chunk.nanos = new Uint32Array(count)
  chunk.ends = new Uint32Array(count)
  let time = { seconds: input.number(), nanos: input.number() }
  chunk.flags = input.bytes(count)
  chunk.levels = input.bytes(count)
  for (let i = 0; i < count; i += 1) {
    if (i > 0) time = nextTime(input, time)
    chunk.seconds[i] = time.seconds
    chunk.nanos[i] = time.nanos
  }
  let end = -1
  for (let i = 0; i < count; i += 1) {
    end += 1 + input.number()
    chunk.ends[i] = end
  }
  chunk.ordinals = input.pairs()
  chunk.droppedBytes = input.pairs()
  chunk.bytes = input.rest()
  return chunk
}

function nextTime(
  input: Reader,
  time: { seconds: number; nanos: number },
): { seconds: number; nanos: number } {
  const code = input.number()
  if (code === 0) return { seconds: input.number(), nanos: input.number() }
  const folded = code - 1
  const delta = folded % 2 === 1 ? -(folded + 1) / 2 : folded / 2
  return addNanos(time, delta)
}

/** Numbers are little groups of 7 bits, the lowest first; up to 2^53. */
class Writer {
  #buffer: Uint8Array
  #length = 0

  constructor(capacity: number) {
    this.#buffer = new Uint8Array(capacity)
  }

  byte(value: number): void {
    this.#reserve(1)
    this.#buffer[this.#length++] = value
  }

  number(value: number): void {
    this.#reserve(8)
    let rest = value
    while (rest >= 0x80) {
      this.#buffer[this.#length++] = (rest % 0x80) | 0x80
      rest = Math.floor(rest / 0x80)
    }
    this.#buffer[this.#length++] = rest
  }

  bytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length)
    this.#buffer.set(bytes, this.#length)
    this.#length += bytes.length
  }

  /** The entries of lines `from` up to `to`. */
  pairs(map: ReadonlyMap<number, number>, from: number, to: number): void {
    const inside = [...map].filter(([index]) => index >= from && index < to)
    this.number(inside.length)
    for (const [index, value] of inside) {
      this.number(index - from)
      this.number(value)
    }
  }

  result(): Uint8Array {
    return this.#buffer.subarray(0, this.#length)
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes <= this.#buffer.length) return
    const larger = new Uint8Array(Math.max(this.#length + bytes, this.#buffer.length * 2))
    larger.set(this.#buffer)
    this.#buffer = larger
  }
}

class Reader {
  readonly #buffer: Uint8Array
  #at = 0

  constructor(buffer: Uint8Array) {
    this.#buffer = buffer
  }

  number(): number {
    let value = 0
    let scale = 1
    for (;;) {
      const byte = this.#buffer[this.#at++] ?? 0
      if (byte < 0x80) return value + byte * scale
      value += (byte & 0x7f) * scale
      scale *= 0x80
    }
  }

  bytes(count: number): Uint8Array {
    const bytes = this.#buffer.subarray(this.#at, this.#at + count)
    this.#at += count
    return bytes
  }

  pairs(): ReadonlyMap<number, number> {
    const map = new Map<number, number>()
    for (let left = this.number(); left > 0; left -= 1) map.set(this.number(), this.number())
    return map
  }

  rest(): Uint8Array {
    return this.#buffer.subarray(this.#at)
  }
}
