import 'server-only'
import { parentPort, workerData } from 'node:worker_threads'
import { LevelHistogram } from '#lib/logs/search/histogram'
import { LineMatcher } from '#lib/logs/search/matcher'
import { toLogLines } from '#lib/logs/wire'
import { unreadableDriver } from '../log-engine.ts'
import { Archive } from './archive.ts'
import { EngineScan, type ScannedLines, type ScanSink } from './engine-scan.ts'
import { HitCollector } from './hit-collector.ts'
import { JoinedScan } from './joined-scan.ts'
import type { ThreadData, ThreadMessage, ThreadProgress, ThreadSource } from './thread-protocol.ts'

/** Containers read at once by one thread; the Engine serves each on a core of its own. */
const readsAtOnce = 4
const reportMs = 50
const histogramEvery = 6

/** The search of some containers in a thread of its own: reads, matches, and can be killed at any moment. */
class Thread {
  readonly #data: ThreadData
  readonly #matcher: LineMatcher
  readonly #archive: Archive | null
  readonly #histogram = new LevelHistogram()
  readonly #progress: ThreadProgress[]
  readonly #collectors: HitCollector[]
  #reportedAtMs = 0
  #reports = 0

  constructor(data: ThreadData) {
    this.#data = data
    this.#matcher = new LineMatcher(data.query)
    this.#archive = data.archive && new Archive(data.archive)
    this.#progress = data.sources.map(({ index }) => ({
      index,
      scannedCount: 0,
      hitCount: 0,
      fraction: 0,
      state: 'searching',
      detail: '',
    }))
    this.#collectors = data.sources.map(({ index }) => new HitCollector(index, data.capPerSource))
  }

  /** Takes the parts of all containers in turn, so that the newest part of each comes before the rest of any. */
  async run(): Promise<void> {
    const timer = setInterval(() => this.#report(), reportMs)
    const queue = this.#data.sources.map((source, slot) => ({ slot, scan: this.#scan(source, slot) }))
    const work = async (): Promise<void> => {
      for (let next = queue.shift(); next; next = queue.shift())
        if (await this.#step(next.slot, next.scan)) queue.push(next)
    }
    await Promise.all(Array.from({ length: readsAtOnce }, work))
    clearInterval(timer)
    await this.#archive?.close()
    this.#reports = 0
    this.#report()
    say({ type: 'end' })
  }

  async #step(slot: number, scan: JoinedScan): Promise<boolean> {
    const progress = this.#progress[slot]
    if (!progress) return false
    try {
      if (await scan.step()) return true
      progress.state = 'done'
      progress.fraction = 1
    } catch (error) {
      progress.state = 'failed'
      progress.detail = inWords(error)
    }
    return false
  }

  #scan(source: ThreadSource, slot: number): JoinedScan {
    const { address, query } = this.#data
    const sink: ScanSink = {
      take: (scanned, isWanted) => this.#look(slot, scanned, isWanted),
      endPart: () => this.#collectors[slot]?.endPart(),
      fraction: (fraction) => {
        const progress = this.#progress[slot]
        if (progress) progress.fraction = Math.max(progress.fraction, fraction)
      },
    }
    return new JoinedScan(source, new EngineScan(source, address, query, sink), this.#archive, query, sink)
  }

  #look(slot: number, scanned: ScannedLines, isWanted: ((index: number) => boolean) | null): void {
    const progress = this.#progress[slot]
    const collector = this.#collectors[slot]
    if (!progress || !collector) return
    const { busy } = this.#data
    const { lines } = scanned
    Atomics.add(busy, 0, 1)
    const hits = this.#matcher.match(lines)
    Atomics.add(busy, 0, 1)
    if (!isWanted) progress.scannedCount += lines.count
    else for (let i = 0; i < lines.count; i += 1) if (isWanted(i)) progress.scannedCount += 1
    for (const [at, index] of hits.indexes.entries()) {
      if (isWanted && !isWanted(index)) continue
      progress.hitCount += 1
      const ms = (lines.seconds[index] ?? 0) * 1000 + Math.floor((lines.nanos[index] ?? 0) / 1e6)
      this.#histogram.add(ms, hits.levels[at] ?? 0)
      collector.add((to, source) =>
        'copy' in scanned ? scanned.copy(index, to, source) : to.addLine(scanned.lines, index, source),
      )
    }
    // The sockets of a fast Engine leave timers little time.
    if (performance.now() - this.#reportedAtMs > reportMs) this.#report()
  }

  #report(): void {
    this.#reportedAtMs = performance.now()
    const lines = this.#collectors.flatMap((collector) => toLogLines(collector.take()))
    if (lines.length > 0) say({ type: 'lines', lines })
    const hasHistogram = this.#reports % histogramEvery === 0
    this.#reports += 1
    const sources = this.#progress.map((progress) => ({ ...progress }))
    say({ type: 'progress', sources, histogram: hasHistogram ? this.#histogram.read() : null })
  }
}

function say(message: ThreadMessage): void {
  parentPort?.postMessage(message)
}

function inWords(error: unknown): string {
  if (unreadableDriver(error) !== null) return 'Its logging driver keeps nothing that could be read.'
  return error instanceof Error ? error.message : String(error)
}

// What started this thread is search-threads.ts, which passes exactly this.
await new Thread(workerData as ThreadData).run()
