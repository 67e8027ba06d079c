import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { createGunzip } from 'node:zlib'
import type { LiveHello, LiveMessage, LiveRequest } from '../../lib/api/live.ts'
import { SseParser } from '../../lib/api/sse.ts'
import { ask, change } from '../engine/front-client.ts'
import type { BenchServer } from './bench.ts'

/** One browser's live stream, read as the SharedWorker reads it: events taken apart, JSON parsed. */
export class LiveClient {
  readonly #server: BenchServer
  readonly #onMessage: (message: LiveMessage) => void
  #call: ClientRequest | null = null
  #answer: IncomingMessage | null = null
  #streamId = ''
  /** The name the dashboard was opened by. */
  #host = ''
  #fail: (error: Error) => void = () => undefined
  /** Rejects when a topic ends or the stream breaks. */
  readonly failed = new Promise<never>((_, reject) => {
    this.#fail = reject
  })
  #isDiscarding = false
  /** Bytes of the body as they came over the socket. */
  wireBytes = 0

  constructor(server: BenchServer, onMessage: (message: LiveMessage) => void) {
    this.#server = server
    this.#onMessage = onMessage
    this.failed.catch(() => undefined)
  }

  /** Opens the stream; resolves when it said hello. */
  async open(headers: Record<string, string> = {}): Promise<void> {
    const { person, port } = this.#server
    this.#host = headers.host ?? `127.0.0.1:${port}`
    const opened = new Promise<void>((resolve) => {
      const call = request(
        {
          host: '127.0.0.1',
          port,
          path: '/api/live',
          agent: false,
          headers: {
            host: this.#host,
            cookie: person.cookie,
            'x-composure-secret': person.secret,
            accept: 'text/event-stream',
            ...headers,
          },
        },
        (answer) => this.#read(answer, resolve),
      )
      call.on('error', this.#fail)
      call.end()
      this.#call = call
    })
    await Promise.race([opened, this.failed])
  }

  #read(answer: IncomingMessage, onHello: () => void): void {
    this.#answer = answer
    if (answer.statusCode !== 200) this.#fail(new Error(`the live stream answered ${answer.statusCode}`))
    answer.on('data', (chunk: Buffer) => (this.wireBytes += chunk.length))
    const isGzip = answer.headers['content-encoding'] === 'gzip'
    const body = isGzip ? answer.pipe(createGunzip()) : answer
    const parser = new SseParser()
    const decoder = new TextDecoder()
    body.on('data', (chunk: Buffer) => {
      if (this.#isDiscarding) return
      for (const { event, data } of parser.push(decoder.decode(chunk, { stream: true }))) {
        if (event === 'message') this.#onMessage(JSON.parse(data) as LiveMessage)
        else if (event === 'hello') {
          this.#streamId = (JSON.parse(data) as LiveHello).streamId
          onHello()
        } else if (event === 'end') this.#fail(new Error(`a topic ended: ${data}`))
      }
    })
    for (const each of [answer, body]) each.on('error', () => undefined)
  }

  async subscribe(subscriptions: NonNullable<LiveRequest['subscribe']>): Promise<void> {
    const { cookie, secret } = this.#server.person
    const sent = change(this.#server, { subscribe: subscriptions })
    const answer = await ask(this.#server, {
      ...sent,
      path: `/api/live/${this.#streamId}`,
      headers: {
        ...sent.headers,
        origin: `http://${this.#host}`,
        host: this.#host,
        cookie,
        'x-composure-secret': secret,
      },
    })
    if (answer.status >= 300) throw new Error(`subscribing answered ${answer.status}: ${answer.text}`)
  }

  /** Reads on and looks at nothing: a viewer that costs this process little. */
  discard(): void {
    this.#isDiscarding = true
  }

  /** Takes nothing more until `resume`, as a browser that hangs. */
  pause(): void {
    this.#answer?.pause()
  }

  resume(): void {
    this.#answer?.resume()
  }

  close(): void {
    this.#call?.destroy()
  }
}
