import { LiveHub } from './live-hub.ts'
import type { TabMessage, WorkerGreeting, WorkerMessage } from './worker-protocol.ts'

/** Says something to whoever holds the connection. */
export type Post = (message: TabMessage) => void
type Receive = (message: WorkerMessage) => void

/** A worker greets whoever knocks; one that has not for this long may never have heard it. */
const knockAgainMs = 2_000
/** After this many knocks another worker is asked: one for all tabs that gave the first one up. */
const knocksBeforeSpare = 5

/** The worker of this browser; `isSpare` for the one that takes over from one that does not answer. */
export type OpenWorker = (isSpare: boolean) => Pick<SharedWorker, 'port' | 'onerror'>

const openLiveWorker: OpenWorker = (isSpare) =>
  new SharedWorker(new URL('./live-worker.ts', import.meta.url), {
    type: 'module',
    name: isSpare ? 'composure-live-spare' : 'composure-live',
  })

/**
 * A way to the connection: through the browser's SharedWorker, or a connection of this tab where there is none or its program does not
 * load. A slow worker gets none beside it: a browser has six connections to a host, and tabs that each held one would take them all.
 */
export function openChannel(receive: Receive, open: OpenWorker = openLiveWorker): Post {
  if (typeof SharedWorker === 'undefined') return openOwn(receive)
  return new WorkerChannel(receive, open).post
}

class WorkerChannel {
  readonly #receive: Receive
  readonly #open: OpenWorker
  /** What was said while nobody had answered; null as soon as somebody has. */
  #unheard: TabMessage[] | null = []
  #send: Post = () => undefined
  #knocks = 0

  constructor(receive: Receive, open: OpenWorker) {
    this.#receive = receive
    this.#open = open
    this.#knock()
  }

  readonly post: Post = (message) => {
    this.#unheard?.push(message)
    this.#send(message)
  }

  #knock(): void {
    const worker = this.#open(this.#knocks >= knocksBeforeSpare)
    const { port } = worker
    this.#knocks += 1
    const send: Post = (message) => port.postMessage(message)
    const again = setTimeout(() => {
      // Should it hear of this door after all, it hears at once that nobody stands there.
      send({ type: 'goodbye' })
      port.close()
      this.#knock()
    }, knockAgainMs)
    port.onmessage = ({ data }: MessageEvent<WorkerMessage | WorkerGreeting>) => {
      clearTimeout(again)
      this.#unheard = null
      if (data.type !== 'here') this.#receive(data)
    }
    worker.onerror = () => {
      if (this.#unheard === null) return
      clearTimeout(again)
      port.close()
      this.#take(openOwn(this.#receive))
      this.#unheard = null
    }
    this.#take(send)
  }

  /** From here on `send` is the way; it is told what nobody has heard yet. */
  #take(send: Post): void {
    this.#send = send
    for (const message of this.#unheard ?? []) send(message)
  }
}

function openOwn(receive: Receive): Post {
  const hub = new LiveHub()
  const tab = { id: 'own', post: receive }
  return (message) => hub.receive(tab, message)
}
