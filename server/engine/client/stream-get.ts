import 'server-only'
import { connect, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { ChunkedBody } from './chunked-body.ts'
import type { EngineAddress } from './open.ts'

/** Bytes read ahead of whoever takes them. */
const aheadBytes = 256 * 1024
const maxHeadBytes = 64 * 1024

export interface StreamAnswer {
  statusCode: number
  /** Ends where the Engine ended it; fails where the connection broke before that. */
  body: Readable
}

/**
 * A GET to the Engine whose answer is long and comes in small pieces: a log is one HTTP chunk a line, and node:http makes
 * an object and an event of each, for more than half as much CPU again. Rejects with the socket's own error.
 */
export function streamGet(address: EngineAddress, path: string, signal: AbortSignal): Promise<StreamAnswer> {
  const { socketPath, host, port } = address
  const socket = socketPath ? connect({ path: socketPath }) : connect({ host, port: port ?? 2375 })
  socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host ?? 'docker'}\r\nConnection: close\r\n\r\n`)
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      socket.destroy()
      reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'))
    }
    if (signal.aborted) onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    const onEnd = (): void => reject(brokenOff())
    let head: Buffer = Buffer.alloc(0)
    const onData = (bytes: Buffer): void => {
      head = head.length === 0 ? bytes : Buffer.concat([head, bytes])
      const end = head.indexOf('\r\n\r\n')
      if (end < 0 && head.length < maxHeadBytes) return
      socket.off('data', onData).off('error', reject).off('end', onEnd)
      signal.removeEventListener('abort', onAbort)
      const { statusCode, length } = readHead(head.toString('latin1', 0, Math.max(0, end)))
      const body = new StreamBody(socket, length, signal)
      body.receive(head.subarray(end + 4))
      resolve({ statusCode, body })
    }
    socket.on('data', onData).on('error', reject).on('end', onEnd)
  })
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

const brokenOff = (): Error =>
  Object.assign(new Error('The Engine broke off its answer.'), { code: 'ECONNRESET' })

class StreamBody extends Readable {
  readonly #socket: Socket
  readonly #chunked: ChunkedBody | null
  readonly #signal: AbortSignal
  /** Bytes still to come, Infinity to the end of the connection. */
  #left: number

  constructor(socket: Socket, length: number | 'chunked' | null, signal: AbortSignal) {
    super({ highWaterMark: aheadBytes })
    this.#socket = socket
    this.#signal = signal
    this.#chunked = length === 'chunked' ? new ChunkedBody() : null
    this.#left = typeof length === 'number' ? length : Infinity
    signal.addEventListener('abort', this.#onAbort, { once: true })
    socket.on('data', (bytes: Buffer) => this.receive(bytes))
    socket.on('error', (error) => this.destroy(error))
    socket.on('end', () => {
      if (this.#chunked || this.#left !== Infinity) this.destroy(brokenOff())
      else this.push(null)
    })
    if (length === 0) this.push(null)
  }

  /** Bytes from the socket, which are changed in place. */
  receive(bytes: Buffer): void {
    if (this.destroyed || this.readableEnded || bytes.length === 0) return
    const size = this.#chunked ? this.#chunked.unwrap(bytes) : Math.min(bytes.length, this.#left)
    if (size < 0) {
      this.destroy(brokenOff())
      return
    }
    this.#left -= size
    if (size > 0 && !this.push(bytes.subarray(0, size))) this.#socket.pause()
    if (this.#chunked?.isOver || this.#left <= 0) {
      this.push(null)
      this.#socket.destroy()
    }
  }

  #onAbort = (): void => {
    this.destroy(this.#signal.reason instanceof Error ? this.#signal.reason : undefined)
  }

  override _read(): void {
    this.#socket.resume()
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#signal.removeEventListener('abort', this.#onAbort)
    this.#socket.destroy()
    done(error)
  }
}
