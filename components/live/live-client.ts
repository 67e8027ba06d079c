import type { LiveEnd, TopicName } from '#lib/api/live'
import type { LiveStatus } from './live-connection.ts'
import { openChannel } from './worker-channel.ts'
import type { TabMessage, WorkerMessage } from './worker-protocol.ts'

export interface LiveListener {
  onMessage: (data: unknown) => void
  /** The topic is over: regularly, or with the reason it could not go on. */
  onEnd?: (error: LiveEnd['error']) => void
}

interface Subscription {
  topic: TopicName
  params: () => unknown
  listener: LiveListener
}

/**
 * This tab's end of the live stream. `subscribe` takes the parameters as a function because it is asked again after each
 * reconnect: a log viewer answers with its newest cursors and so gets every line exactly once.
 */
export class LiveClient {
  readonly #subscriptions = new Map<string, Subscription>()
  readonly #statusListeners = new Set<() => void>()
  #post: ((message: TabMessage) => void) | null = null
  #status: LiveStatus = 'connecting'
  #lostAtMs: number | null = null
  #isOpen = false
  #nextKey = 1
  #buildId: string | null = null
  #isOutdated = false

  /** Connects with the per-session secret; again after a sign-in. Returns what undoes it. */
  start(secret: string): () => void {
    const lockName = `composure-tab-${Math.random().toString(36).slice(2)}`
    const post = openChannel((message) => this.#receive(message))
    this.#post = post
    this.#lostAtMs = Date.now()
    post({ type: 'hello', secret })
    // Only once it is held: a worker that gets a lock nobody holds yet would take this tab for dead.
    const unlock = holdLock(lockName, () => post({ type: 'locked', lockName }))
    const onHide = (): void => post({ type: 'goodbye' })
    const onShow = (event: PageTransitionEvent): void => {
      if (event.persisted) post({ type: 'hello', secret })
    }
    addEventListener('pagehide', onHide)
    addEventListener('pageshow', onShow)
    return () => {
      removeEventListener('pagehide', onHide)
      removeEventListener('pageshow', onShow)
      post({ type: 'goodbye' })
      unlock?.()
      this.#post = null
      this.#isOpen = false
    }
  }

  /** Follows a topic until the returned function is called. `params` is read now and after each reconnect. */
  subscribe(topic: TopicName, params: () => unknown, listener: LiveListener): () => void {
    const key = String(this.#nextKey)
    this.#nextKey += 1
    this.#subscriptions.set(key, { topic, params, listener })
    if (this.#isOpen) this.#post?.({ type: 'subscribe', key, topic, params: params() })
    return () => {
      this.#subscriptions.delete(key)
      if (this.#isOpen) this.#post?.({ type: 'unsubscribe', key })
    }
  }

  readonly watchStatus = (listener: () => void): (() => void) => {
    this.#statusListeners.add(listener)
    return () => this.#statusListeners.delete(listener)
  }

  readonly status = (): LiveStatus => this.#status

  /** Since when this page hears nothing; null while it does. */
  readonly lostAtMs = (): number | null => this.#lostAtMs

  /** True when the dashboard was updated since this page was loaded. */
  readonly isOutdated = (): boolean => this.#isOutdated

  #receive(message: WorkerMessage): void {
    switch (message.type) {
      case 'message':
        this.#subscriptions.get(message.key)?.listener.onMessage(message.data)
        return
      case 'end': {
        const subscription = this.#subscriptions.get(message.end.key)
        this.#subscriptions.delete(message.end.key)
        subscription?.listener.onEnd?.(message.end.error)
        return
      }
      case 'opened':
        this.#isOpen = true
        for (const [key, { topic, params }] of this.#subscriptions)
          this.#post?.({ type: 'subscribe', key, topic, params: params() })
        return
      case 'status':
        this.#status = message.status
        if (message.status !== 'connected') this.#isOpen = false
        this.#lostAtMs = message.status === 'connected' ? null : (this.#lostAtMs ?? Date.now())
        this.#tellStatus()
        return
      case 'build':
        this.#isOutdated = this.#buildId !== null && this.#buildId !== message.buildId
        this.#buildId ??= message.buildId
        this.#tellStatus()
        return
      default:
        message satisfies never
    }
  }

  #tellStatus(): void {
    for (const listener of this.#statusListeners) listener()
  }
}

/** Holds a lock until the tab dies or the returned function is called; null where the browser has no locks. `onHeld` when it is held. */
function holdLock(name: string, onHeld: () => void): (() => void) | null {
  if (!('locks' in navigator)) return null
  let release: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  void navigator.locks.request(name, () => {
    onHeld()
    return held
  })
  return release
}
