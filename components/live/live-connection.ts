import {
  heartbeatMs,
  type LiveBye,
  type LiveEnd,
  type LiveHello,
  type LiveMessage,
  type LiveRequest,
  readTextEvent,
  type TopicName,
} from '#lib/api/live'
import { paths } from '#lib/api/paths'
import { SseParser } from '#lib/api/sse'
import { secretHeader } from '#lib/api/client'

export type LiveStatus = 'connecting' | 'connected' | 'reconnecting' | 'signed-out'

/** Who is told what the connection brings. */
export interface LiveSink {
  status: (status: LiveStatus) => void
  /** A new stream is open and knows nothing yet: subscribe everything again, with fresh parameters. */
  opened: () => void
  message: (key: string, data: unknown) => void
  end: (end: LiveEnd) => void
  /** The dashboard's build, to notice an update. */
  build: (buildId: string) => void
}

const firstDelayMs = 250
const lastDelayMs = 5_000
/** The connection is dead then, even if nobody said so. */
const silenceMs = 3 * heartbeatMs

/** One `GET /api/live` kept open: reconnects with backoff, heals silently, and batches subscriptions into few requests. */
export class LiveConnection {
  readonly #secret: string
  readonly #sink: LiveSink
  readonly #closed = new AbortController()
  #streamId: string | null = null
  #stop: AbortController | null = null
  #pending: Required<LiveRequest> = { subscribe: [], unsubscribe: [] }
  #isSending = false

  constructor(secret: string, sink: LiveSink) {
    this.#secret = secret
    this.#sink = sink
    void this.#run()
  }

  subscribe(key: string, topic: TopicName, params: unknown): void {
    this.#pending.unsubscribe = this.#pending.unsubscribe.filter((other) => other !== key)
    this.#pending.subscribe = this.#pending.subscribe.filter((other) => other.key !== key)
    this.#pending.subscribe.push({ key, topic, params })
    void this.#send()
  }

  unsubscribe(key: string): void {
    this.#pending.subscribe = this.#pending.subscribe.filter((other) => other.key !== key)
    this.#pending.unsubscribe.push(key)
    void this.#send()
  }

  close(): void {
    this.#closed.abort()
  }

  async #run(): Promise<void> {
    let delayMs = firstDelayMs
    this.#sink.status('connecting')
    while (!this.#closed.signal.aborted) {
      const outcome = await this.#readOnce().catch(() => 'lost' as const)
      this.#streamId = null
      if (this.#closed.signal.aborted) return
      if (outcome === 'signed-out') {
        this.#sink.status('signed-out')
        return
      }
      if (outcome === 'was-open') delayMs = firstDelayMs
      this.#sink.status('reconnecting')
      await pause(delayMs * (0.5 + Math.random()), this.#closed.signal)
      delayMs = Math.min(delayMs * 2, lastDelayMs)
    }
  }

  /** Reads one stream to its end. */
  async #readOnce(): Promise<'signed-out' | 'was-open' | 'lost'> {
    const stop = new AbortController()
    this.#stop = stop
    const onClose = (): void => stop.abort()
    this.#closed.signal.addEventListener('abort', onClose)
    let watchdog = setTimeout(() => stop.abort(), silenceMs)
    let isSignedOut = false
    try {
      const response = await fetch(paths.live, {
        headers: { [secretHeader]: this.#secret, accept: 'text/event-stream' },
        cache: 'no-store',
        signal: stop.signal,
      })
      if (response.status === 401 || response.status === 403) return 'signed-out'
      if (!response.ok || !response.body) return 'lost'
      const parser = new SseParser()
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
      for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
        clearTimeout(watchdog)
        watchdog = setTimeout(() => stop.abort(), silenceMs)
        for (const { event, data } of parser.push(chunk.value)) {
          if (event === 'bye' && (JSON.parse(data) as LiveBye).reason === 'signed-out') isSignedOut = true
          else this.#dispatch(event, data)
        }
      }
    } catch {
      // A cut connection and an aborted one end the same way: by another try.
    } finally {
      clearTimeout(watchdog)
      this.#closed.signal.removeEventListener('abort', onClose)
      stop.abort()
    }
    if (isSignedOut) return 'signed-out'
    return this.#streamId === null ? 'lost' : 'was-open'
  }

  #dispatch(event: string, data: string): void {
    if (event === 'hello') {
      const hello = JSON.parse(data) as LiveHello
      this.#streamId = hello.streamId
      this.#pending = { subscribe: [], unsubscribe: [] }
      this.#sink.build(hello.buildId)
      this.#sink.opened()
      this.#sink.status('connected')
    } else if (event === 'message' || event === 'text') {
      const message = event === 'text' ? readTextEvent(data) : (JSON.parse(data) as LiveMessage)
      this.#sink.message(message.key, message.data)
    } else if (event === 'end') {
      this.#sink.end(JSON.parse(data) as LiveEnd)
    }
  }

  /** Sends what has gathered, one request at a time so that the order holds. */
  async #send(): Promise<void> {
    if (this.#isSending) return
    this.#isSending = true
    await Promise.resolve()
    while (
      this.#streamId !== null &&
      (this.#pending.subscribe.length > 0 || this.#pending.unsubscribe.length > 0)
    ) {
      const streamId = this.#streamId
      const body = JSON.stringify(this.#pending)
      this.#pending = { subscribe: [], unsubscribe: [] }
      const response = await fetch(paths.liveStream(streamId), {
        method: 'POST',
        headers: { [secretHeader]: this.#secret, 'content-type': 'application/json' },
        body,
        // With its stream over, its answer means nothing; waiting for it would hold up the next stream's.
        signal: this.#stop?.signal ?? this.#closed.signal,
      }).catch(() => null)
      // What was asked may be lost: a new stream subscribes everything again.
      if (!response?.ok && this.#streamId === streamId) this.#stop?.abort()
      if (!response?.ok) break
    }
    this.#isSending = false
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
