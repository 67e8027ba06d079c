import { CodedError } from '../api/errors.ts'

/** The Engine's own: 1 stdout, 2 stderr, 3 an error of the Engine itself, said in the middle of the stream. */
export type FrameStream = 1 | 2 | 3

export type FrameListener = (stream: FrameStream, bytes: Uint8Array, start: number, end: number) => void

/** A message is at most 16 KiB and its timestamp; drivers with larger buffers stay far below this. */
const maxFrameBytes = 16 * 1024 * 1024

/**
 * Takes apart the Engine's multiplexed stream (containers without a TTY): 8 bytes `[stream, 0, 0, 0, length]`, then the
 * payload. Whole frames are handed out in place; only a frame that two chunks share is copied. The listener must not
 * keep `bytes`. Throws `engine_error` when the bytes are not such a stream.
 */
export class FrameDecoder {
  #header = new Uint8Array(8)
  #headerLength = 0
  #payload = new Uint8Array(32 * 1024)
  #payloadLength = 0
  #need = 0
  #stream: FrameStream = 1

  push(chunk: Uint8Array, onFrame: FrameListener): void {
    let at = 0
    while (at < chunk.length) {
      if (this.#need > 0) {
        at = this.#fillPayload(chunk, at, onFrame)
        continue
      }
      if (this.#headerLength > 0 || chunk.length - at < 8) {
        at = this.#fillHeader(chunk, at)
        continue
      }
      const length = this.#readHeader(chunk, at)
      at += 8
      if (length === 0) continue
      if (chunk.length - at >= length) {
        onFrame(this.#stream, chunk, at, at + length)
        at += length
      } else this.#expect(length)
    }
  }

  /** True when the stream stopped inside a frame. */
  get isInsideFrame(): boolean {
    return this.#headerLength > 0 || this.#need > 0
  }

  #fillHeader(chunk: Uint8Array, at: number): number {
    const taken = Math.min(8 - this.#headerLength, chunk.length - at)
    this.#header.set(chunk.subarray(at, at + taken), this.#headerLength)
    this.#headerLength += taken
    if (this.#headerLength === 8) {
      this.#headerLength = 0
      const length = this.#readHeader(this.#header, 0)
      if (length > 0) this.#expect(length)
    }
    return at + taken
  }

  #fillPayload(chunk: Uint8Array, at: number, onFrame: FrameListener): number {
    const taken = Math.min(this.#need - this.#payloadLength, chunk.length - at)
    this.#reserve(this.#payloadLength + taken)
    this.#payload.set(chunk.subarray(at, at + taken), this.#payloadLength)
    this.#payloadLength += taken
    if (this.#payloadLength === this.#need) {
      const length = this.#need
      this.#need = 0
      onFrame(this.#stream, this.#payload, 0, length)
    }
    return at + taken
  }

  #expect(length: number): void {
    this.#need = length
    this.#payloadLength = 0
  }

  #reserve(length: number): void {
    if (length <= this.#payload.length) return
    const larger = new Uint8Array(Math.max(length, this.#payload.length * 2))
    larger.set(this.#payload.subarray(0, this.#payloadLength))
    this.#payload = larger
  }

  #readHeader(bytes: Uint8Array, at: number): number {
    const stream = bytes[at] ?? 0
    const isClean = (bytes[at + 1] ?? 1) === 0 && (bytes[at + 2] ?? 1) === 0 && (bytes[at + 3] ?? 1) === 0
    const length =
      (bytes[at + 4] ?? 0) * 0x1000000 +
      (((bytes[at + 5] ?? 0) << 16) | ((bytes[at + 6] ?? 0) << 8) | (bytes[at + 7] ?? 0))
    if (stream > 3 || !isClean || length > maxFrameBytes)
      throw new CodedError('engine_error', 'The Engine sent a log stream that cannot be read.', {
        hint: 'Is the container’s TTY setting known right? Reload the page.',
      })
    // The Engine copies stdin's type 0 to stdout.
    this.#stream = stream === 2 || stream === 3 ? stream : 1
    return length
  }
}
