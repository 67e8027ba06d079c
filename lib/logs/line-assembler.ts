import type { FrameStream } from './frame-decoder.ts'
import { TimestampReader } from './nano-time.ts'

/** Longest line that is kept; the rest of a longer one is dropped and counted. */
export const maxLineBytes = 1024 * 1024

/** The Engine hands a long line on in parts of this size, each with the timestamp of the first. */
const partBytes = 16 * 1024

/** What is known about a line besides its text; bits of one byte. */
export const lineFlags = {
  stderr: 1,
  /** Longer than `maxLineBytes`: the rest was dropped. */
  cut: 2,
  /** Shown before its end came, because nothing came for a while. */
  unfinished: 4,
  /** Goes on where an unfinished line stopped. */
  continued: 8,
  /** Came after a later line of another container (merged views): belongs further up. */
  late: 16,
} as const

/** Takes finished lines. `bytes` from `start` to `end` is the text without its line end; it must not be kept. */
export interface LineSink {
  line: (line: AssembledLine, bytes: Uint8Array, start: number, end: number) => void
}

/** Reused for every line: copy what is needed. */
export interface AssembledLine {
  flags: number
  seconds: number
  nanos: number
  /** 0, 1 ... among lines of the same stream with exactly the same time. */
  ordinal: number
  droppedBytes: number
}

interface Pending {
  isStderr: boolean
  buffer: Uint8Array
  length: number
  isOpen: boolean
  seconds: number
  nanos: number
  droppedBytes: number
  /** Time and ordinal of the last line handed out. */
  lastSeconds: number
  lastNanos: number
  lastOrdinal: number
  wasUnfinished: boolean
}

function newPending(isStderr: boolean): Pending {
  return {
    isStderr,
    buffer: new Uint8Array(0),
    length: 0,
    isOpen: false,
    seconds: 0,
    nanos: 0,
    droppedBytes: 0,
    lastSeconds: -1,
    lastNanos: -1,
    lastOrdinal: 0,
    wasUnfinished: false,
  }
}

/**
 * Makes lines of what the Engine sends with `timestamps=1`. Parts of a long line are joined per stream, whatever the
 * other stream does in between: they carry the timestamp of the first part. A line without its end is handed out when
 * the next line of its stream begins, at `flush`, or by `flushUnfinished`.
 */
export class LineAssembler {
  readonly #sink: LineSink
  readonly #time = new TimestampReader()
  readonly #stdout = newPending(false)
  readonly #stderr = newPending(true)
  readonly #line: AssembledLine = { flags: 0, seconds: 0, nanos: 0, ordinal: 0, droppedBytes: 0 }
  /** TTY: raw bytes of a line whose end has not come, its timestamp included. */
  #raw = new Uint8Array(0)
  #rawLength = 0
  #rawDropped = 0
  /** TTY: messages of the Engine so far, what its `tail` counts; a long line is several. */
  rawMessageCount = 0

  constructor(sink: LineSink) {
    this.#sink = sink
  }

  /** One message of a container without a TTY: a timestamp, text and, unless it is a part, `\n`. */
  frame(stream: FrameStream, bytes: Uint8Array, start: number, end: number): void {
    const pending = stream === 2 ? this.#stderr : this.#stdout
    const taken = this.#time.read(bytes, start, end)
    const seconds = taken > 0 ? this.#time.seconds : Math.max(0, pending.lastSeconds)
    const nanos = taken > 0 ? this.#time.nanos : Math.max(0, pending.lastNanos)
    const isSameLine =
      taken === 0 || (pending.seconds === seconds && pending.nanos === nanos && pending.isOpen)
    if (pending.isOpen && !isSameLine) this.#close(pending, 0)
    let at = start + taken
    while (at < end) {
      const newline = bytes.indexOf(10, at)
      const isEnded = newline >= 0 && newline < end
      const textEnd = isEnded ? newline : end
      if (isEnded && !pending.isOpen && textEnd - at <= maxLineBytes)
        this.#emit(pending, seconds, nanos, 0, 0, bytes, at, textEnd)
      else {
        this.#open(pending, seconds, nanos)
        append(pending, bytes, at, textEnd)
        if (isEnded) this.#close(pending, 0)
      }
      at = textEnd + 1
    }
  }

  /** Bytes of a container with a TTY: no frames, one stream, lines end with `\r\n`. */
  raw(chunk: Uint8Array): void {
    let at = 0
    while (at < chunk.length) {
      const newline = chunk.indexOf(10, at)
      if (newline < 0) {
        this.#keepRaw(chunk, at, chunk.length)
        return
      }
      if (this.#rawLength === 0 && this.#rawDropped === 0 && newline - at <= partBytes)
        this.#rawLine(chunk, at, newline, 0, 0)
      else {
        this.#keepRaw(chunk, at, newline)
        this.#closeRaw(0)
      }
      at = newline + 1
    }
  }

  /** The stream is over: hands out what has no line end. */
  flush(): void {
    if (this.#stdout.isOpen) this.#close(this.#stdout, 0)
    if (this.#stderr.isOpen) this.#close(this.#stderr, 0)
    if (this.#rawLength > 0) this.#closeRaw(0)
  }

  /** Hands out what has waited for its line end; what comes later is a line that says it continues. */
  flushUnfinished(): void {
    if (this.#stdout.isOpen) this.#close(this.#stdout, lineFlags.unfinished)
    if (this.#stderr.isOpen) this.#close(this.#stderr, lineFlags.unfinished)
    // Less than a timestamp is not a line yet.
    if (this.#rawLength > 40) this.#closeRaw(lineFlags.unfinished)
  }

  get hasUnfinished(): boolean {
    return this.#stdout.isOpen || this.#stderr.isOpen || this.#rawLength > 40
  }

  #open(pending: Pending, seconds: number, nanos: number): void {
    if (pending.isOpen) return
    pending.isOpen = true
    pending.seconds = seconds
    pending.nanos = nanos
    pending.length = 0
    pending.droppedBytes = 0
  }

  #close(pending: Pending, flags: number): void {
    pending.isOpen = false
    let end = pending.length
    if (pending.droppedBytes > 0) {
      const whole = wholeCharacters(pending.buffer, end)
      pending.droppedBytes += end - whole
      end = whole
    }
    const { seconds, nanos, droppedBytes, buffer } = pending
    this.#emit(pending, seconds, nanos, flags, droppedBytes, buffer, 0, end)
    // A long line's memory is not kept for the life of the stream.
    if (pending.buffer.length > 4 * partBytes) pending.buffer = new Uint8Array(0)
  }

  #emit(
    pending: Pending,
    seconds: number,
    nanos: number,
    flags: number,
    droppedBytes: number,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): void {
    const isEqualTime = pending.lastSeconds === seconds && pending.lastNanos === nanos
    pending.lastOrdinal = isEqualTime ? pending.lastOrdinal + 1 : 0
    pending.lastSeconds = seconds
    pending.lastNanos = nanos
    const line = this.#line
    line.seconds = seconds
    line.nanos = nanos
    line.ordinal = pending.lastOrdinal
    line.droppedBytes = droppedBytes
    line.flags = flags | (pending.isStderr ? lineFlags.stderr : 0) | (droppedBytes > 0 ? lineFlags.cut : 0)
    if (pending.wasUnfinished && isEqualTime) line.flags |= lineFlags.continued
    pending.wasUnfinished = (flags & lineFlags.unfinished) !== 0
    this.#sink.line(line, bytes, start, end)
  }

  #keepRaw(chunk: Uint8Array, start: number, end: number): void {
    // Room for the timestamp in front of each part.
    const room = maxLineBytes + 64 * 1024 - this.#rawLength
    const taken = Math.min(room, end - start)
    this.#raw = grown(this.#raw, this.#rawLength, this.#rawLength + taken)
    this.#raw.set(chunk.subarray(start, start + taken), this.#rawLength)
    this.#rawLength += taken
    this.#rawDropped += end - start - taken
  }

  #closeRaw(flags: number): void {
    const length = this.#rawLength
    const dropped = this.#rawDropped
    this.#rawLength = 0
    this.#rawDropped = 0
    this.#rawLine(this.#raw, 0, length, flags, dropped)
    if (this.#raw.length > 4 * partBytes) this.#raw = new Uint8Array(0)
  }

  #rawLine(bytes: Uint8Array, start: number, end: number, flags: number, dropped: number): void {
    const pending = this.#stdout
    this.rawMessageCount += 1
    const taken = this.#time.read(bytes, start, end)
    const seconds = taken > 0 ? this.#time.seconds : Math.max(0, pending.lastSeconds)
    const nanos = taken > 0 ? this.#time.nanos : Math.max(0, pending.lastNanos)
    const textStart = start + taken
    // The terminal's own carriage return, where the line is whole.
    const isWhole = flags === 0 && dropped === 0
    if (end - textStart <= partBytes && dropped === 0) {
      const textEnd = isWhole && end > textStart && bytes[end - 1] === 13 ? end - 1 : end
      this.#emit(pending, seconds, nanos, flags, 0, bytes, textStart, textEnd)
      return
    }
    this.#open(pending, seconds, nanos)
    let at = textStart
    let lastByte = 0
    while (at < end) {
      const partEnd = Math.min(end, at + partBytes)
      append(pending, bytes, at, partEnd)
      lastByte = bytes[partEnd - 1] ?? 0
      const isNextPart = isRepeated(bytes, start, partEnd, taken, end)
      if (isNextPart) this.rawMessageCount += 1
      at = partEnd + (isNextPart ? taken : 0)
    }
    // It may stand at the end of a part whose line end came in the next.
    if (isWhole && lastByte === 13) {
      if (pending.droppedBytes > 0) pending.droppedBytes -= 1
      else pending.length -= 1
    }
    pending.droppedBytes += dropped
    this.#close(pending, flags)
  }
}

/** True when the `length` bytes at `start` (a timestamp) stand again at `at`: the next part of a long TTY line. */
function isRepeated(bytes: Uint8Array, start: number, at: number, length: number, end: number): boolean {
  if (length === 0 || at + length > end) return false
  for (let i = 0; i < length; i += 1) if (bytes[start + i] !== bytes[at + i]) return false
  return true
}

function append(pending: Pending, bytes: Uint8Array, start: number, end: number): void {
  const taken = Math.min(maxLineBytes - pending.length, end - start)
  pending.buffer = grown(pending.buffer, pending.length, pending.length + taken)
  pending.buffer.set(bytes.subarray(start, start + taken), pending.length)
  pending.length += taken
  pending.droppedBytes += end - start - taken
}

function grown(buffer: Uint8Array<ArrayBuffer>, used: number, length: number): Uint8Array<ArrayBuffer>
function grown(buffer: Uint8Array, used: number, length: number): Uint8Array
function grown(buffer: Uint8Array, used: number, length: number): Uint8Array {
  if (length <= buffer.length) return buffer
  const larger = new Uint8Array(Math.max(length, buffer.length * 2, 2 * partBytes))
  larger.set(buffer.subarray(0, used))
  return larger
}

/** The length up to the last whole UTF-8 character. */
function wholeCharacters(bytes: Uint8Array, length: number): number {
  let start = length
  while (start > 0 && length - start < 3 && ((bytes[start - 1] ?? 0) & 0xc0) === 0x80) start -= 1
  const lead = bytes[start - 1] ?? 0
  if (lead < 0xc0) return length
  const size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2
  return length - start + 1 >= size ? length : start - 1
}
