import 'server-only'
import { CodedError } from '#lib/api/errors'
import type { HistoryContainer, HistorySettings } from '#lib/api/history'
import { compilePattern } from '#lib/logs/search/pattern'
import type { PackedAppend } from './archive/append.ts'
import { TooSlow, Thread } from './thread.ts'
import { buffersOf, packLines, unpackLines } from './packed-lines.ts'
import type { SqlPlace } from './sql.ts'
import type {
  Histogram,
  HistogramRequest,
  HistoryAppend,
  HistoryHits,
  HistoryItem,
  HistoryRead,
  HistoryScan,
  HistoryStore,
  HistoryTarget,
  RecordingPlace,
} from './store.ts'

const writeMs = 30_000
const readMs = 20_000
/** A scan says how far it is many times a second: one that is silent for this long hangs in a pattern. */
const silenceMs = 3_000
/** Threads without work are ended. */
const idleMs = 30_000
const maxScans = 2
const maxBuckets = 5_000

/** The store of either driver: writing in one thread, reading in a second, each scan in one that may be ended. */
export class ThreadStore implements HistoryStore {
  readonly kind: 'sqlite' | 'postgres'
  readonly #place: SqlPlace
  readonly #standard: HistorySettings
  readonly #writer: Thread
  readonly #reader: Thread
  readonly #idleScanners: Thread[] = []
  readonly #busyScanners = new Set<Thread>()
  readonly #waitingForScanner: (() => void)[] = []
  readonly #idleTimers = new Map<Thread, NodeJS.Timeout>()
  #readCount = 0

  constructor(place: SqlPlace, standard: HistorySettings) {
    this.kind = place.kind
    this.#place = place
    this.#standard = standard
    this.#writer = this.#thread('write')
    this.#reader = this.#thread('read')
  }

  place(containerId: string): Promise<RecordingPlace | null> {
    return this.#writer.call('place', { containerId }, { timeoutMs: writeMs })
  }

  async append(appends: readonly HistoryAppend[]): Promise<void> {
    const transfer: ArrayBuffer[] = []
    const packed = appends.map((append): PackedAppend => {
      const entries = append.entries.map((entry) => {
        if ('message' in entry) return entry
        const lines = packLines(entry.lines)
        transfer.push(...buffersOf(lines))
        return { lines }
      })
      return { ...append, entries }
    })
    await this.#writer.call('append', { appends: packed }, { timeoutMs: writeMs, transfer })
  }

  async probe(): Promise<void> {
    await this.#writer.call('probe', {}, { timeoutMs: writeMs })
  }

  list(targets?: readonly HistoryTarget[]): Promise<HistoryContainer[]> {
    return this.#writer.call('list', { targets: targets ?? null }, { timeoutMs: readMs })
  }

  async *read(request: HistoryRead, signal: AbortSignal): AsyncGenerator<HistoryItem> {
    await this.#ready()
    this.#hold(this.#reader)
    this.#readCount += 1
    try {
      for await (const item of this.#reader.stream('read', request, {
        startMs: readMs,
        timeoutMs: readMs,
        signal,
      }))
        yield item.kind === 'lines' ? { kind: 'lines', lines: unpackLines(item.lines) } : item
    } finally {
      this.#readCount -= 1
      if (this.#readCount === 0) this.#endWhenIdle(this.#reader)
    }
  }

  async *scan(request: HistoryScan, signal: AbortSignal): AsyncGenerator<HistoryHits> {
    const { error: mistake } = compilePattern(request.query)
    if (mistake) throw new CodedError('bad_request', mistake)
    await this.#ready()
    const thread = await this.#takeScanner(signal)
    let isClean = false
    try {
      let containers: HistoryContainer[] = []
      for await (const item of thread.stream('scan', request, {
        startMs: readMs,
        timeoutMs: silenceMs,
        signal,
      })) {
        containers = item.containers ?? containers
        yield { ...item, containers, lines: unpackLines(item.lines) }
      }
      isClean = !signal.aborted
    } catch (error) {
      if (error instanceof TooSlow) throw slowPattern()
      throw error
    } finally {
      await this.#giveScanner(thread, isClean)
    }
  }

  async histogram(request: HistogramRequest, signal: AbortSignal): Promise<Histogram> {
    const { fromMs, toMs, bucketMs } = request
    if (
      !(bucketMs >= 1) ||
      (fromMs !== undefined && toMs !== undefined && (toMs - fromMs) / bucketMs > maxBuckets)
    )
      throw new CodedError('bad_request', `A histogram has at most ${maxBuckets} buckets.`)
    await this.#ready()
    const thread = await this.#takeScanner(signal)
    let isClean = false
    try {
      const counted = await thread.call('histogram', request, { timeoutMs: readMs })
      isClean = true
      return counted
    } finally {
      await this.#giveScanner(thread, isClean)
    }
  }

  settings(): Promise<HistorySettings> {
    return this.#writer.call('settings', {}, { timeoutMs: readMs })
  }

  async setSettings(settings: HistorySettings): Promise<void> {
    await this.#writer.call('setSettings', { settings }, { timeoutMs: writeMs })
  }

  trim(nowMs: number, keepIds: readonly string[]): Promise<number> {
    return this.#writer.call('trim', { nowMs, keepIds }, { timeoutMs: 4 * writeMs })
  }

  remove(target: HistoryTarget, keepIds: readonly string[]): Promise<number> {
    return this.#writer.call('remove', { target, keepIds }, { timeoutMs: 4 * writeMs })
  }

  async close(): Promise<void> {
    const threads = [this.#writer, this.#reader, ...this.#idleScanners, ...this.#busyScanners]
    for (const timer of this.#idleTimers.values()) clearTimeout(timer)
    await Promise.all(threads.map((thread) => thread.end()))
  }

  #thread(access: 'write' | 'read'): Thread {
    return new Thread({ place: this.#place, access, standard: this.#standard })
  }

  /** The writer makes the tables: readers come behind it. */
  async #ready(): Promise<void> {
    if (!this.#writer.isStarted) await this.settings()
  }

  async #takeScanner(signal: AbortSignal): Promise<Thread> {
    while (this.#busyScanners.size >= maxScans) {
      signal.throwIfAborted()
      await new Promise<void>((resolve) => {
        this.#waitingForScanner.push(resolve)
        signal.addEventListener('abort', () => resolve(), { once: true })
      })
    }
    signal.throwIfAborted()
    const thread = this.#idleScanners.pop() ?? this.#thread('read')
    this.#hold(thread)
    this.#busyScanners.add(thread)
    return thread
  }

  /** A thread that was left in the middle may be deep in a pattern: it is ended, not asked. */
  async #giveScanner(thread: Thread, isClean: boolean): Promise<void> {
    this.#busyScanners.delete(thread)
    this.#waitingForScanner.shift()?.()
    if (!isClean) return thread.end()
    this.#idleScanners.push(thread)
    this.#endWhenIdle(thread)
  }

  #hold(thread: Thread): void {
    clearTimeout(this.#idleTimers.get(thread))
    this.#idleTimers.delete(thread)
  }

  #endWhenIdle(thread: Thread): void {
    const timer = setTimeout(() => {
      this.#idleTimers.delete(thread)
      const index = this.#idleScanners.indexOf(thread)
      if (index >= 0) this.#idleScanners.splice(index, 1)
      void thread.end()
    }, idleMs)
    timer.unref()
    this.#idleTimers.set(thread, timer)
  }
}

function slowPattern(): CodedError {
  return new CodedError('bad_request', 'This pattern takes too long.', {
    hint: 'Nested repetitions such as (a+)+ try every way. Make it simpler.',
  })
}
