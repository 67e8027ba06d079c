import 'server-only'
import { availableParallelism } from 'node:os'
import type { Worker } from 'node:worker_threads'
import { startThread } from '#server/thread-file'
import { patienceMs, runawayWords } from './runaway.ts'
import type { ThreadData, ThreadMessage, ThreadSource } from './thread-protocol.ts'

const maxThreads = 4
const watchMs = 200
const heapMb = 192

interface Running {
  worker: Worker
  busy: Int32Array
  /** The count of batches last seen and since when. */
  seen: number
  seenAtMs: number
  isOver: boolean
}

export interface ThreadsListener {
  onMessage: (message: ThreadMessage) => void
  /** All threads are through, or the search cannot go on. */
  onEnd: (reason: 'complete' | 'runaway' | 'failed', detail: string) => void
}

/** The threads of one search. `kill` ends them at once, whatever they are doing. */
export class SearchThreads {
  readonly #running: Running[]
  readonly #listener: ThreadsListener
  readonly #timer: NodeJS.Timeout
  #isOver = false

  constructor(
    sources: readonly ThreadSource[],
    data: Omit<ThreadData, 'sources' | 'busy'>,
    listener: ThreadsListener,
  ) {
    this.#listener = listener
    const count = Math.max(1, Math.min(maxThreads, availableParallelism(), sources.length))
    this.#running = Array.from({ length: count }, (_, nth) =>
      this.#start({ ...data, sources: sources.filter((_source, index) => index % count === nth) }),
    )
    this.#timer = setInterval(() => this.#watch(), watchMs)
    this.#timer.unref()
  }

  kill(): void {
    this.#isOver = true
    clearInterval(this.#timer)
    for (const { worker } of this.#running) void worker.terminate()
  }

  #start(data: Omit<ThreadData, 'busy'>): Running {
    const busy = new Int32Array(new SharedArrayBuffer(4))
    const worker = startThread('server/logs/search/thread.ts', {
      workerData: { ...data, busy } satisfies ThreadData,
      resourceLimits: { maxOldGenerationSizeMb: heapMb },
    })
    const running: Running = { worker, busy, seen: 0, seenAtMs: performance.now(), isOver: false }
    worker.on('message', (message: ThreadMessage) => {
      if (this.#isOver) return
      if (message.type !== 'end') this.#listener.onMessage(message)
      else this.#finish(running)
    })
    worker.on('error', (error) => this.#end('failed', `The search broke off: ${String(error)}`))
    worker.on('exit', () => {
      if (!running.isOver) this.#end('failed', 'The search broke off.')
    })
    return running
  }

  #finish(running: Running): void {
    running.isOver = true
    if (this.#running.every(({ isOver }) => isOver)) this.#end('complete', '')
  }

  #end(reason: 'complete' | 'runaway' | 'failed', detail: string): void {
    if (this.#isOver) return
    this.kill()
    this.#listener.onEnd(reason, detail)
  }

  #watch(): void {
    const now = performance.now()
    for (const running of this.#running) {
      const count = Atomics.load(running.busy, 0)
      if (count !== running.seen || count % 2 === 0) {
        running.seen = count
        running.seenAtMs = now
      } else if (now - running.seenAtMs > patienceMs()) this.#end('runaway', runawayWords)
    }
  }
}
