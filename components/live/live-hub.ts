import { LiveConnection, type LiveStatus } from './live-connection.ts'
import type { TabMessage, WorkerMessage } from './worker-protocol.ts'

/** One tab as the hub sees it. */
export interface Tab {
  id: string
  post: (message: WorkerMessage) => void
}

/** Carries many tabs over one connection: keys are prefixed by tab on the way out and given back on the way in. */
export class LiveHub {
  readonly #tabs = new Map<string, { tab: Tab; keys: Set<string> }>()
  #connection: LiveConnection | null = null
  #secret = ''
  #status: LiveStatus = 'connecting'
  #isOpen = false
  #buildId = ''

  receive(tab: Tab, message: TabMessage): void {
    switch (message.type) {
      case 'hello':
        this.#join(tab, message.secret)
        return
      case 'subscribe': {
        const entry = this.#tabs.get(tab.id)
        if (!entry) return
        entry.keys.add(message.key)
        this.#connection?.subscribe(`${tab.id} ${message.key}`, message.topic, message.params)
        return
      }
      case 'unsubscribe':
        this.#tabs.get(tab.id)?.keys.delete(message.key)
        this.#connection?.unsubscribe(`${tab.id} ${message.key}`)
        return
      case 'locked':
        // The worker's to wait for; the hub of a single tab dies with it.
        return
      case 'goodbye':
        this.leave(tab.id)
        return
      default:
        message satisfies never
    }
  }

  /** Forgets a tab and what it wanted; the last one closes the connection. */
  leave(tabId: string): void {
    const entry = this.#tabs.get(tabId)
    if (!entry) return
    this.#tabs.delete(tabId)
    for (const key of entry.keys) this.#connection?.unsubscribe(`${tabId} ${key}`)
    if (this.#tabs.size > 0) return
    this.#connection?.close()
    this.#connection = null
    this.#isOpen = false
  }

  #join(tab: Tab, secret: string): void {
    this.#tabs.set(tab.id, { tab, keys: this.#tabs.get(tab.id)?.keys ?? new Set() })
    if (this.#connection && this.#secret === secret && this.#status !== 'signed-out') {
      if (this.#buildId) tab.post({ type: 'build', buildId: this.#buildId })
      tab.post({ type: 'status', status: this.#status })
      if (this.#isOpen) tab.post({ type: 'opened' })
      return
    }
    this.#connection?.close()
    this.#secret = secret
    this.#isOpen = false
    this.#connection = this.#connect(secret)
  }

  #connect(secret: string): LiveConnection {
    return new LiveConnection(secret, {
      status: (status) => {
        this.#status = status
        if (status !== 'connected') this.#isOpen = false
        this.#everyTab({ type: 'status', status })
      },
      opened: () => {
        this.#isOpen = true
        this.#everyTab({ type: 'opened' })
      },
      build: (buildId) => {
        this.#buildId = buildId
        this.#everyTab({ type: 'build', buildId })
      },
      message: (key, data) => this.#toTab(key, (own) => ({ type: 'message', key: own, data })),
      end: (end) => this.#toTab(end.key, (own) => ({ type: 'end', end: { ...end, key: own } })),
    })
  }

  #everyTab(message: WorkerMessage): void {
    for (const { tab } of this.#tabs.values()) tab.post(message)
  }

  #toTab(key: string, toMessage: (own: string) => WorkerMessage): void {
    const space = key.indexOf(' ')
    this.#tabs.get(key.slice(0, space))?.tab.post(toMessage(key.slice(space + 1)))
  }
}
