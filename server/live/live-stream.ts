import 'server-only'
import { randomBytes } from 'node:crypto'
import { CodedError, errorCode } from '#lib/api/errors'
import { heartbeatMs, type LiveBye, type LiveEnd, type TopicName } from '#lib/api/live'
import type { Session } from '#server/auth/authorise'
import { log } from '#server/log'
import { buildId } from './build-id.ts'
import { encodeMessage } from './encode-message.ts'
import type { OpenTopic } from './topic.ts'

/** All tabs of a browser share one stream: a few keys each. */
const maxKeys = 256
const queueBytes = 262_144
const stalledAfterMs = 45_000
const encoder = new TextEncoder()

/**
 * One browser's event stream. Each key is one topic, pulled only when its last message went out, so at most one message per
 * key and 256 KiB in all wait here; keys take turns, so a loud one delays nobody. A browser that takes nothing for 45 s is closed.
 */
export class LiveStream {
  /** Unguessable: 192 random bits. */
  readonly id = randomBytes(24).toString('base64url')
  readonly session: Session
  readonly body: ReadableStream<Uint8Array>
  readonly #openTopic: OpenTopic
  readonly #closed = new AbortController()
  readonly #subscriptions = new Map<string, AbortController>()
  /** Messages that wait for room, first come first served. */
  readonly #waiting: (() => void)[] = []
  readonly #heartbeat: NodeJS.Timeout
  #controller: ReadableStreamDefaultController<Uint8Array> | null = null
  /** Runs while nothing fits any more. */
  #stall: NodeJS.Timeout | null = null

  constructor(session: Session, openTopic: OpenTopic) {
    this.session = session
    this.#openTopic = openTopic
    this.body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller
          this.#enqueue(encodeEvent('hello', JSON.stringify({ streamId: this.id, buildId: buildId() })))
        },
        pull: () => this.#onTaken(),
        cancel: () => this.close(),
      },
      new ByteLengthQueuingStrategy({ highWaterMark: queueBytes }),
    )
    this.#heartbeat = setInterval(() => this.#beat(), heartbeatMs).unref()
  }

  /** Aborts when the stream is over. */
  get closed(): AbortSignal {
    return this.#closed.signal
  }

  /** Starts a topic under `key`; one that runs under it is replaced. What goes wrong is said in an `end` event. */
  subscribe(key: string, topic: TopicName, params: unknown): void {
    this.unsubscribe(key)
    if (this.#closed.signal.aborted) return
    const abort = new AbortController()
    const isTooMany = this.#subscriptions.size >= maxKeys
    this.#subscriptions.set(key, abort)
    void this.#run(key, abort.signal, () => {
      if (isTooMany)
        throw new CodedError('too_many_streams', `One browser can follow ${maxKeys} things at once.`)
      return this.#openTopic(topic, params, { signal: abort.signal, session: this.session })
    })
  }

  unsubscribe(key: string): void {
    this.#subscriptions.get(key)?.abort()
    this.#subscriptions.delete(key)
  }

  /** Ends the stream, with a `bye` when it is the server's wish. */
  close(reason?: LiveBye['reason']): void {
    if (this.#closed.signal.aborted) return
    if (reason) this.#enqueue(encodeEvent('bye', JSON.stringify({ reason } satisfies LiveBye)))
    clearInterval(this.#heartbeat)
    if (this.#stall) clearTimeout(this.#stall)
    this.#closed.abort()
    for (const key of this.#subscriptions.keys()) this.unsubscribe(key)
    for (const resume of this.#waiting.splice(0)) resume()
    try {
      this.#controller?.close()
    } catch {
      // The browser closed it first.
    }
  }

  async #run(key: string, signal: AbortSignal, open: () => AsyncIterable<unknown>): Promise<void> {
    const end: LiveEnd = { key }
    try {
      for await (const data of open()) {
        if (signal.aborted) return
        await this.#send(encodeMessage(key, data), signal)
      }
    } catch (error) {
      end.error = describe(error)
    }
    if (signal.aborted) return
    await this.#send(encodeEvent('end', JSON.stringify(end)), signal)
    if (!signal.aborted) this.#subscriptions.delete(key)
  }

  async #send(event: Uint8Array, signal: AbortSignal): Promise<void> {
    if (this.#waiting.length > 0 || !this.#hasRoom())
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    if (!signal.aborted) this.#enqueue(event)
    if (this.#hasRoom()) this.#waiting.shift()?.()
  }

  #hasRoom(): boolean {
    return (this.#controller?.desiredSize ?? 0) > 0
  }

  #onTaken(): void {
    if (this.#stall) clearTimeout(this.#stall)
    this.#stall = null
    this.#waiting.shift()?.()
  }

  #beat(): void {
    if (this.#hasRoom()) this.#enqueue(encoder.encode(': here\n\n'))
  }

  #drop(): void {
    log.info('a browser took nothing for too long; its live stream is closed')
    this.#controller?.error(new Error('The browser took nothing for 45 s.'))
    this.close()
  }

  #enqueue(event: Uint8Array): void {
    try {
      this.#controller?.enqueue(event)
    } catch {
      // Closed by the browser between two messages: `cancel` or the request's signal tells.
    }
    if (!this.#hasRoom() && !this.#closed.signal.aborted)
      this.#stall ??= setTimeout(() => this.#drop(), stalledAfterMs).unref()
  }
}

function encodeEvent(name: 'hello' | 'end' | 'bye', json: string): Uint8Array {
  return encoder.encode(`event: ${name}\ndata: ${json}\n\n`)
}

function describe(error: unknown): NonNullable<LiveEnd['error']> {
  const code = errorCode(error)
  if (code && error instanceof Error) {
    const hint = 'hint' in error && typeof error.hint === 'string' ? error.hint : undefined
    return { code, message: error.message, ...(hint ? { hint } : {}) }
  }
  log.error('a live topic failed', { error: String(error), stack: error instanceof Error ? error.stack : '' })
  return { code: 'internal', message: 'Something went wrong in Composure.' }
}
