import 'server-only'
import { compareCursors, type LineCursor } from '#lib/logs/cursor'
import { CursorSkip } from '#lib/logs/cursor-skip'
import type { MatchableLines } from '#lib/logs/search/matcher'
import type { LineBatch } from '#lib/logs/line-batch'
import { fromMs, toMs } from '#lib/logs/nano-time'
import type { LogQuery } from '#lib/logs/search/query'
import type { EngineAddress } from '#server/engine/client/open'
import { EdgeReader, findEdge, type PartEdge } from './part-edge.ts'
import { readLines } from './read-lines.ts'
import type { ThreadSource } from './thread-protocol.ts'

/** The newest lines are looked at first, since `tail` is cheap near the end; what is behind them in one pass. */
const newestParts = [2_000, 32_000] as const
/** What the archive does not have yet is near the end. */
const behindTails = [1_000, 32_000, 512_000] as const
/** stdout and stderr are not quite in the order of time. */
const disorderMs = 1_000

/** Lines to look at, and how one of them is copied. */
export type ScannedLines =
  | { lines: MatchableLines & LineBatch }
  | { lines: MatchableLines; copy: (index: number, to: LineBatch, source: number) => void }

export interface ScanSink {
  /** Looks at the lines that `isWanted`; null: all of them. */
  take: (scanned: ScannedLines, isWanted: ((index: number) => boolean) | null) => void
  endPart: () => void
  fraction: (fraction: number) => void
}

/** The search of one container's log at the Engine, part by part; `step` reads one and says whether there is more. */
export class EngineScan {
  readonly source: ThreadSource
  readonly #address: EngineAddress
  readonly #query: LogQuery
  readonly #sink: ScanSink
  #start: LineCursor | null | undefined = undefined
  #edge: PartEdge | null = null
  #part = 0
  readonly #nowMs = Date.now()

  constructor(source: ThreadSource, address: EngineAddress, query: LogQuery, sink: ScanSink) {
    this.source = source
    this.#address = address
    this.#query = query
    this.#sink = sink
  }

  /** What was written behind a line that somebody else has looked at. */
  async readBehind(cursor: LineCursor): Promise<void> {
    for (const tail of [...behindTails, 'all'] as const) {
      const isLastTry = tail === 'all'
      const skip = new CursorSkip(cursor)
      const since = isLastTry ? { sinceSeconds: Math.max(0, cursor.seconds - 1) } : {}
      await readLines(this.#address, this.source, { tail, ...since }, (batch) => {
        const fresh = skip.take(batch)
        if (skip.state === 'missed' && !isLastTry) return false
        if (fresh.count > 0) this.#sink.take({ lines: fresh }, null)
        return true
      })
      if (skip.state === 'missed' && !isLastTry) continue
      const held = skip.end()
      if (held.count > 0) this.#sink.take({ lines: held }, null)
      break
    }
    this.#sink.endPart()
  }

  /** What is in front of a line that somebody else has looked at, with all behind it. */
  async readInFrontOf(first: LineCursor): Promise<void> {
    this.#start ??= await this.#firstLine()
    if (this.#start === null || compareCursors(this.#start, first) >= 0) return
    this.#edge = { first, torn: [] }
    await this.#readPart('all', this.#start)
    this.#sink.endPart()
  }

  async step(): Promise<boolean> {
    this.#start ??= await this.#firstLine()
    if (this.#start === null) return false
    const tail = newestParts[this.#part] ?? 'all'
    this.#part += 1
    const hasOlder = await this.#readPart(tail, this.#start)
    this.#sink.endPart()
    return hasOlder && tail !== 'all'
  }

  /** The oldest line there is; null when the log is empty. The answer is left as soon as it has begun. */
  async #firstLine(): Promise<LineCursor | null> {
    let first: LineCursor | null = null
    await readLines(this.#address, this.source, { tail: 'all' }, (batch) => {
      if (batch.count > 0) first = batch.cursorOf(0)
      return false
    })
    return first
  }

  async #readPart(tail: number | 'all', start: LineCursor): Promise<boolean> {
    const newer = this.#edge && new EdgeReader(this.#edge)
    const progress = this.#progress(start)
    let isFirst = tail !== 'all'
    let hasOlder = false
    await readLines(this.#address, this.source, { tail, ...this.#range(tail) }, (batch) => {
      if (batch.count === 0) return true
      let leftOut: ((index: number) => boolean) | null = null
      if (isFirst) {
        isFirst = false
        progress.begin(batch.cursorOf(0))
        if (compareCursors(batch.cursorOf(0), start) !== 0) {
          hasOlder = this.#isInRange(batch.cursorOf(0))
          const found = findEdge(batch)
          // Not one whole line: the next part goes further back.
          if (!found) return false
          this.#edge = found.edge
          leftOut = found.isLeftOut
        }
      }
      progress.reach(batch.cursorOf(batch.count - 1))
      this.#takeLines(batch, leftOut, newer)
      return !newer?.isDone
    })
    return hasOlder
  }

  #takeLines(batch: LineBatch, leftOut: ((index: number) => boolean) | null, newer: EdgeReader | null): void {
    if (!newer) {
      this.#sink.take({ lines: batch }, leftOut && ((index) => !leftOut(index)))
      return
    }
    const wanted = new Uint8Array(batch.count)
    let count = 0
    for (let index = 0; index < batch.count; index += 1) {
      if (!newer.takes(batch.cursorOf(index)) || leftOut?.(index)) continue
      wanted[index] = 1
      count += 1
    }
    if (count > 0)
      this.#sink.take({ lines: batch }, count === batch.count ? null : (index) => wanted[index] === 1)
  }

  /** The Engine scans a log from its start for a time: only for what is further back than a tail is cheap. */
  #range(tail: number | 'all'): { sinceSeconds?: number; until?: { seconds: number; nanos: number } } {
    const { sinceMs, untilMs } = this.#query
    if (tail !== 'all') return {}
    return {
      ...(sinceMs === null ? {} : { sinceSeconds: Math.max(0, Math.floor((sinceMs - disorderMs) / 1000)) }),
      ...(untilMs === null ? {} : { until: fromMs(untilMs + disorderMs) }),
    }
  }

  #isInRange(first: LineCursor): boolean {
    const { sinceMs } = this.#query
    return sinceMs === null || toMs(first) >= sinceMs - disorderMs
  }

  /** How much of the time from the first line until now has been covered. */
  #progress(start: LineCursor): { begin: (at: LineCursor) => void; reach: (at: LineCursor) => void } {
    const startMs = Math.max(toMs(start), this.#query.sinceMs ?? 0)
    const span = Math.max(1, this.#nowMs - startMs)
    const coveredMs = this.#edge ? this.#nowMs - toMs(this.#edge.first) : 0
    let beganMs = startMs
    return {
      begin: (at) => {
        beganMs = toMs(at)
      },
      reach: (at) => this.#sink.fraction(Math.min(0.99, (coveredMs + toMs(at) - beganMs) / span)),
    }
  }
}
