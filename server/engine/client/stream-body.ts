import 'server-only'
import { connect, type Socket } from 'node:net'
import { ChunkedBody } from './chunked-body.ts'
import type { EngineAddress } from './open.ts'
import { giveBuffer, takeBuffer } from './read-buffers.ts'

/** Memory read ahead of whoever takes it. */
const aheadBytes = 256 * 1024
const maxHeadBytes = 64 * 1024

/** The body of a long answer, taken once, either way. */
export interface EngineStream extends AsyncIterable<Uint8Array> {
  /** A piece's bytes are good until the next one is asked for: they are read into again. Throws where the connection broke. */
  [Symbol.asyncIterator]: () => AsyncIterator<Uint8Array, undefined>
  /** The same without a promise a piece; left when `take` says false. Its bytes are good for the call. */
  each: (take: (piece: Uint8Array) => boolean) => Promise<void>
  /** Leaves the answer; nothing when it is over. */
  destroy: () => void
}

const brokenOff = (): Error =>
  Object.assign(new Error('The Engine broke off its answer.'), { code: 'ECONNRESET' })

/** Who waits for the answer to begin. */
export interface HeadListener {
  head: (statusCode: number) => void
  /** Of no interest once the head came: the reader of the body is told. */
  failed: (error: Error) => void
}

interface Piece {
  buffer: Buffer
  bytes: Buffer
}

/** One answer as its bytes come from the socket. */
export class StreamBody implements EngineStream, AsyncIterator<Uint8Array, undefined> {
  readonly #signal: AbortSignal
  #socket: Socket | null = null
  #head: Buffer | null = Buffer.alloc(0)
  #chunked: ChunkedBody | null = null
  /** Bytes of the body still to come, Infinity to the end of the connection. */
  #left = Infinity
  readonly #queue: Piece[] = []
  #queuedBytes = 0
  /** The piece that the reader looks at. */
  #given: Piece | null = null
  #isPaused = false
  #state: 'open' | 'whole' | 'left' = 'open'
  #failure: Error | null = null
  #take: ((piece: Uint8Array) => boolean) | null = null
  /** Who waits for the next piece or the end. */
  #wake: (() => void) | null = null
  readonly #listener: HeadListener

  constructor(signal: AbortSignal, listener: HeadListener) {
    this.#signal = signal
    this.#listener = listener
  }

  open({ socketPath, host, port }: EngineAddress, path: string): void {
    if (this.#signal.aborted) {
      this.#onAbort()
      return
    }
    let buffer = takeBuffer(0)
    let lastReadBytes = 0
    const onread = {
      buffer: () => (buffer = takeBuffer(lastReadBytes)),
      callback: (length: number) => {
        lastReadBytes = length
        return this.#receive({ buffer, bytes: buffer.subarray(0, length) })
      },
    }
    const socket = connect(socketPath ? { path: socketPath, onread } : { host, port: port ?? 2375, onread })
    this.#socket = socket
    socket.on('error', (error) => this.#fail(error))
    socket.on('end', () => {
      if (this.#head || this.#chunked || this.#left !== Infinity) this.#fail(brokenOff())
      else this.#finish('whole')
    })
    socket.on('close', () => this.#fail(brokenOff()))
    this.#signal.addEventListener('abort', this.#onAbort, { once: true })
    socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host ?? 'docker'}\r\nConnection: close\r\n\r\n`)
  }

  /** Bytes from the socket, which are changed in place. False: no more for now. */
  #receive(piece: Piece): boolean {
    if (this.#state !== 'open') return false
    if (this.#head) {
      const rest = this.#readHead(piece.bytes)
      if (!rest) return true
      return this.#receiveBody({ buffer: piece.buffer, bytes: rest })
    }
    return this.#receiveBody(piece)
  }

  /** What is behind the head, once it is whole. */
  #readHead(bytes: Buffer): Buffer | null {
    const all = Buffer.concat([this.#head ?? Buffer.alloc(0), bytes])
    const end = all.indexOf('\r\n\r\n')
    this.#head = all
    if (end < 0 && all.length < maxHeadBytes) return null
    const { statusCode, length } = readHead(all.toString('latin1', 0, Math.max(0, end)))
    this.#head = null
    this.#chunked = length === 'chunked' ? new ChunkedBody() : null
    if (typeof length === 'number') this.#left = length
    this.#listener.head(statusCode)
    if (length === 0) this.#finish('whole')
    return all.subarray(end + 4)
  }

  #receiveBody({ buffer, bytes }: Piece): boolean {
    const size = this.#chunked ? this.#chunked.unwrap(bytes) : Math.min(bytes.length, this.#left)
    if (size < 0) {
      this.#fail(brokenOff())
      return false
    }
    this.#left -= size
    if (size > 0) this.#hand({ buffer, bytes: bytes.subarray(0, size) })
    else giveBuffer(buffer)
    if (this.#chunked?.isOver || this.#left <= 0) this.#finish('whole')
    this.#isPaused = this.#queuedBytes >= aheadBytes
    return !this.#isPaused
  }

  #hand(piece: Piece): void {
    if (this.#take && this.#queue.length === 0) {
      this.#offer(piece)
      return
    }
    this.#queue.push(piece)
    this.#queuedBytes += piece.buffer.length
    this.#wake?.()
  }

  /** Gives one piece to `each`. */
  #offer({ buffer, bytes }: Piece): void {
    let wantsMore = false
    try {
      wantsMore = this.#take?.(bytes) ?? false
    } catch (error) {
      // The answer itself may be whole by now: the failure is the reader's.
      this.#failure = error instanceof Error ? error : new Error(String(error))
    }
    giveBuffer(buffer)
    if (!wantsMore) this.#finish('left')
  }

  async each(take: (piece: Uint8Array) => boolean): Promise<void> {
    this.#take = take
    for (let piece = this.#shift(); piece; piece = this.#shift()) this.#offer(piece)
    while (this.#state === 'open') await new Promise<void>((resolve) => (this.#wake = resolve))
    if (this.#failure) throw this.#failure
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array, undefined> {
    return this
  }

  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (this.#given) giveBuffer(this.#given.buffer)
    this.#given = null
    while (this.#queue.length === 0 && this.#state === 'open')
      await new Promise<void>((resolve) => (this.#wake = resolve))
    if (this.#failure) throw this.#failure
    this.#given = this.#shift()
    return this.#given ? { done: false, value: this.#given.bytes } : { done: true, value: undefined }
  }

  return(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.destroy()
    return Promise.resolve({ done: true, value: undefined })
  }

  destroy(): void {
    this.#finish('left')
  }

  #shift(): Piece | null {
    const piece = this.#queue.shift() ?? null
    if (piece) this.#queuedBytes -= piece.buffer.length
    if (this.#isPaused && this.#state === 'open' && this.#queuedBytes < aheadBytes) {
      this.#isPaused = false
      this.#socket?.resume()
    }
    return piece
  }

  #onAbort = (): void => {
    this.#fail(this.#signal.reason instanceof Error ? this.#signal.reason : new Error('aborted'))
  }

  #fail(error: Error): void {
    if (this.#state !== 'open') return
    this.#failure = error
    this.#finish('left')
    this.#listener.failed(error)
  }

  /** `whole`: what waits in the queue is still given. */
  #finish(state: 'whole' | 'left'): void {
    if (this.#state === 'left') return
    this.#state = state
    if (state === 'left') this.#queue.length = 0
    this.#signal.removeEventListener('abort', this.#onAbort)
    this.#socket?.destroy()
    this.#wake?.()
  }
}

/** `length`: bytes of the body, `chunked`, or null where it goes to the end of the connection. */
function readHead(text: string): { statusCode: number; length: number | 'chunked' | null } {
  const [first = '', ...lines] = text.split('\r\n')
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
    }),
  )
  const statusCode = Number(/^HTTP\/1\.[01] (\d{3})/.exec(first)?.[1] ?? 0)
  if (headers.get('transfer-encoding')?.toLowerCase() === 'chunked') return { statusCode, length: 'chunked' }
  const length = headers.get('content-length')
  return { statusCode, length: length === undefined ? null : Number(length) }
}
