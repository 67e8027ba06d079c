import 'server-only'
import { TerminalModes } from './terminal-modes.ts'

/**
 * The last `capacity` bytes of a terminal's output, addressed by their offset from the first byte ever. What falls
 * out is read for what it set for good; the cut is never inside a character or an escape sequence.
 */
export class ReplayBuffer {
  readonly #capacity: number
  readonly #forgotten = new TerminalModes()
  #chunks: Uint8Array[] = []
  #start = 0
  #end = 0

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  /** Offset of the oldest byte kept. */
  get start(): number {
    return this.#start
  }

  /** Offset after the newest byte: how many there have ever been. */
  get end(): number {
    return this.#end
  }

  append(chunk: Uint8Array): void {
    if (chunk.length === 0) return
    this.#chunks.push(chunk)
    this.#end += chunk.length
    if (this.#end - this.#start > this.#capacity) this.#forget(this.#end - this.#start - this.#capacity)
    else if (!this.#forgotten.isAtBoundary) this.#moveToBoundary()
  }

  /** At most `maxBytes` from `offset` on (clamped to what is kept); empty at the end. */
  read(offset: number, maxBytes: number): Uint8Array {
    let skip = Math.max(0, offset - this.#start)
    const parts: Uint8Array[] = []
    let length = 0
    for (const chunk of this.#chunks) {
      if (length >= maxBytes) break
      if (skip >= chunk.length) {
        skip -= chunk.length
        continue
      }
      const part = chunk.subarray(skip, skip + maxBytes - length)
      skip = 0
      parts.push(part)
      length += part.length
    }
    const [only] = parts
    return parts.length === 1 && only ? only : Buffer.concat(parts, length)
  }

  /** What must be shown before the byte at `start`; empty while nothing was forgotten. */
  restore(): Uint8Array {
    return Buffer.from(this.#forgotten.restore(), 'latin1')
  }

  #forget(bytes: number): void {
    let left = bytes
    while (left > 0) {
      const first = this.#chunks[0]
      if (!first) return
      const dropped = Math.min(left, first.length)
      this.#drop(first, dropped)
      left -= dropped
    }
    this.#moveToBoundary()
  }

  #moveToBoundary(): void {
    for (let first = this.#chunks[0]; first; first = this.#chunks[0]) {
      let length = 0
      while (length < first.length && this.#forgotten.needsMore(first[length])) {
        this.#forgotten.feed(first.subarray(length, length + 1))
        length += 1
      }
      if (length > 0) this.#shift(first, length)
      if (length < first.length || length === 0) return
    }
  }

  #drop(first: Uint8Array, length: number): void {
    this.#forgotten.feed(first.subarray(0, length))
    this.#shift(first, length)
  }

  #shift(first: Uint8Array, length: number): void {
    if (length === first.length) this.#chunks.shift()
    else this.#chunks[0] = first.subarray(length)
    this.#start += length
  }
}
