import 'server-only'

const [newline, semicolon, carriageReturn] = [10, 59, 13]

/** Takes HTTP's chunks apart in place: what stands between the pieces of a body is squeezed out of the bytes read. */
export class ChunkedBody {
  /** Bytes of the current chunk that have not come. */
  #left = 0
  #size = 0
  #phase: 'size' | 'extension' | 'data' | 'data-end' | 'trailer' = 'size'
  /** The last chunk came: the body is whole. */
  isOver = false
  #trailerLength = 0

  /** Moves the body's bytes to the front of `bytes`; how many, or -1 when these are no chunks. */
  unwrap(bytes: Uint8Array): number {
    let [at, end] = [0, 0]
    while (at < bytes.length && !this.isOver) {
      if (this.#phase === 'data') {
        const taken = Math.min(this.#left, bytes.length - at)
        if (at !== end) bytes.copyWithin(end, at, at + taken)
        end += taken
        at += taken
        this.#left -= taken
        if (this.#left === 0) this.#phase = 'data-end'
      } else if (!this.#frame(bytes[at++] ?? 0)) return -1
    }
    return end
  }

  /** One byte of what stands between: a size in hex, its extension, line ends, trailers. */
  #frame(byte: number): boolean {
    if (this.#phase === 'data-end') {
      if (byte === newline) this.#phase = 'size'
      return byte === newline || byte === carriageReturn
    }
    if (this.#phase === 'trailer') {
      if (byte === newline && this.#trailerLength === 0) this.isOver = true
      if (byte !== carriageReturn) this.#trailerLength = byte === newline ? 0 : this.#trailerLength + 1
      return true
    }
    if (byte === newline) {
      this.#left = this.#size
      this.#phase = this.#size === 0 ? 'trailer' : 'data'
      this.#size = 0
      return true
    }
    if (byte === carriageReturn || this.#phase === 'extension') return true
    if (byte === semicolon) {
      this.#phase = 'extension'
      return true
    }
    const digit = hexDigit(byte)
    this.#size = this.#size * 16 + digit
    return digit >= 0 && this.#size <= 0x7fffffff
  }
}

function hexDigit(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48
  const letter = byte | 32
  return letter >= 97 && letter <= 102 ? letter - 87 : -1
}
