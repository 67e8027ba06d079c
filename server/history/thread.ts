import 'server-only'
import type { Worker } from 'node:worker_threads'
import { startThread } from '#server/thread-file'
import { HistoryFailure } from './failure.ts'
import type { Calls, FromThread, Streams, ThreadData, ToThread } from './protocol.ts'

interface Waiting {
  resolve: (message: FromThread) => void
  reject: (error: unknown) => void
  timer: NodeJS.Timeout | null
}

/** The worker thread behind some of the store's methods. Started at the first call; a call it does not answer in time ends it. */
export class Thread {
  readonly #data: ThreadData
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | null = null
  #nextId = 1

  constructor(data: ThreadData) {
    this.#data = data
  }

  get isStarted(): boolean {
    return this.#worker !== null
  }

  async call<Name extends keyof Calls>(
    name: Name,
    args: Calls[Name]['args'],
    options: { timeoutMs: number; transfer?: ArrayBuffer[] },
  ): Promise<Calls[Name]['result']> {
    const id = this.#nextId++
    const answer = await this.#ask({ id, kind: 'call', name, args }, id, options)
    return (answer.kind === 'result' ? answer.value : null) as Calls[Name]['result']
  }

  /** Items one by one, each within `timeoutMs` (the first within `startMs`: the thread may have to begin); leaving early or aborting `signal` ends the stream in the thread too. */
  async *stream<Name extends keyof Streams>(
    name: Name,
    args: Streams[Name]['args'],
    options: { startMs: number; timeoutMs: number; signal: AbortSignal },
  ): AsyncGenerator<Streams[Name]['item']> {
    const id = this.#nextId++
    this.#send({ id, kind: 'open', name, args })
    let isOver = false
    let timeoutMs = options.startMs
    try {
      while (!options.signal.aborted) {
        const answer = await this.#ask({ id, kind: 'next' }, id, { timeoutMs, signal: options.signal })
        timeoutMs = options.timeoutMs
        if (answer.kind !== 'item') {
          isOver = true
          return
        }
        yield answer.value as Streams[Name]['item']
      }
    } finally {
      if (!isOver && this.#worker) this.#send({ id, kind: 'leave' })
    }
  }

  /** Ends the thread whatever it does; what waits for it fails. */
  async end(reason: unknown = new HistoryFailure('failed', 'The log archive was closed.')): Promise<void> {
    const worker = this.#worker
    this.#worker = null
    for (const { reject, timer } of this.#waiting.values()) {
      if (timer) clearTimeout(timer)
      reject(reason)
    }
    this.#waiting.clear()
    await worker?.terminate()
  }

  #ask(
    message: ToThread,
    id: number,
    { timeoutMs, transfer, signal }: { timeoutMs: number; transfer?: ArrayBuffer[]; signal?: AbortSignal },
  ): Promise<FromThread> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => void this.end(new TooSlow()), timeoutMs)
      timer.unref()
      const leave = (): void => this.#settle(id)?.reject(signal?.reason)
      signal?.addEventListener('abort', leave, { once: true })
      const done = (): void => signal?.removeEventListener('abort', leave)
      this.#waiting.set(id, {
        timer,
        resolve: (answer) => {
          done()
          resolve(answer)
        },
        reject: (error) => {
          done()
          reject(error instanceof Error ? error : new Error(String(error)))
        },
      })
      this.#send(message, transfer)
    })
  }

  #settle(id: number): Waiting | null {
    const waiting = this.#waiting.get(id)
    if (!waiting) return null
    this.#waiting.delete(id)
    if (waiting.timer) clearTimeout(waiting.timer)
    return waiting
  }

  #send(message: ToThread, transfer: ArrayBuffer[] = []): void {
    this.#worker ??= this.#start()
    this.#worker.postMessage(message, transfer)
  }

  #start(): Worker {
    const worker = startThread('server/history/archive-worker.ts', {
      workerData: this.#data,
      name: 'log archive',
      resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 128 },
    })
    worker.unref()
    worker.on('message', (message: FromThread) => {
      const waiting = this.#settle(message.id)
      if (message.kind === 'error')
        waiting?.reject(new HistoryFailure(message.error.reason, message.error.message))
      else waiting?.resolve(message)
    })
    worker.on('error', (error) => {
      if (this.#worker === worker)
        void this.end(
          new HistoryFailure('failed', `The log archive’s thread failed (${error.message}).`, error),
        )
    })
    return worker
  }
}

/** A thread did not answer in time and was ended. */
export class TooSlow extends HistoryFailure {
  readonly isTooSlow = true

  constructor() {
    super('unreachable', 'The log archive does not answer.')
  }
}
