import 'server-only'
import type { LineCursor } from '#lib/logs/cursor'
import { lineFlags } from '#lib/logs/line-assembler'
import { LineBatch } from '#lib/logs/line-batch'
import { compareTimes, type NanoTime } from '#lib/logs/nano-time'
import { type LogMessage, packLines } from '#lib/logs/wire'
import { Bell } from '#server/bell'
import type { Feeds } from '../follow/feeds.ts'
import type { StreamRequest } from './log-stream.ts'
import { arrivedAt, headTime, type Source, Sources } from './sources.ts'
import { StreamItem } from './stream-item.ts'

/** A message of lines holds about this much text, or what came in this time. */
const messageBytes = 64 * 1024
const messageMs = 50
/** How long a live line waits for earlier ones of other containers. */
const reorderMs = 150

/** Puts the events of the sources in the order of time and makes messages of them. */
export class Merge {
  readonly bell = new Bell()
  readonly #request: StreamRequest
  readonly #sources: Sources
  readonly #cursors = new Map<string, LineCursor>()
  #out = new LineBatch(messageBytes)
  #outSinceMs = 0
  #lastFlushMs = 0
  /** Time of the latest line given, to know which ones are late. */
  #latest: NanoTime = { seconds: 0, nanos: 0 }
  #isCaughtUp = false

  constructor(feeds: Feeds, request: StreamRequest) {
    this.#request = request
    this.#sources = new Sources(feeds, request, this.bell)
  }

  async *run(): AsyncGenerator<StreamItem> {
    const { signal } = this.#request
    while (!signal.aborted) {
      const joined = this.#sources.join(this.#isCaughtUp)
      if (joined.length > 0) yield* this.#flush({ type: 'sources', sources: joined })
      this.#sources.pull()
      if (!this.#isCaughtUp && this.#sources.all.every((source) => source.isLive || source.isOver)) {
        this.#isCaughtUp = true
        yield* this.#flush({ type: 'caught-up' })
      }
      const now = performance.now()
      const next = this.#choose(now)
      if ('source' in next) {
        yield* this.#take(next.source, next.other)
        continue
      }
      if (this.#out.count > 0 && now >= this.#flushDueMs()) {
        yield* this.#flush()
        continue
      }
      if (!this.#request.mayGrow && this.#sources.all.every((source) => source.isOver)) break
      const due = Math.min(next.dueMs, this.#out.count > 0 ? this.#flushDueMs() : Infinity)
      await this.bell.wait(signal, due === Infinity ? undefined : Math.max(1, due - performance.now()))
    }
    yield* this.#flush()
  }

  close(): Promise<void> {
    return this.#sources.close()
  }

  /** The source with the earliest head, if nothing earlier can be expected; else when to look again. */
  #choose(now: number): { source: Source; other: NanoTime | null } | { dueMs: number } {
    let first: Source | null = null
    let firstTime: NanoTime | null = null
    let other: NanoTime | null = null
    let isWaiting = false
    for (const source of this.#sources.all) {
      if (!source.head) {
        // History is read in step: its next line may be earlier than all others.
        if (!source.isLive && !source.isOver) isWaiting = true
        continue
      }
      const time = headTime(source)
      if (time === null) return { source, other: null }
      if (!firstTime || compareTimes(time, firstTime) < 0) {
        other = firstTime
        first = source
        firstTime = time
      } else if (!other || compareTimes(time, other) < 0) other = time
    }
    if (!first || isWaiting) return { dueMs: Infinity }
    const dueMs = this.#sources.all.length === 1 ? 0 : arrivedAt(first) + reorderMs
    return dueMs > now ? { dueMs } : { source: first, other }
  }

  /** Moves the head's lines that are no later than the other sources' into the message being made. */
  async *#take(source: Source, other: NanoTime | null): AsyncGenerator<StreamItem> {
    const { head } = source
    if (head?.kind === 'message') {
      source.head = null
      yield* this.#flush({ ...head.message, source: source.info.index } as LogMessage)
      return
    }
    if (head?.kind !== 'lines') return
    const { lines } = head
    const isAlone = this.#sources.all.length === 1
    let index = source.index
    if (isAlone && index === 0 && this.#out.count === 0 && lines.length >= messageBytes) {
      // Already as large as a message: no copy.
      source.head = null
      this.#cursors.set(source.info.containerId, lines.cursorOf(lines.count - 1))
      yield* this.#send(lines)
      return
    }
    if (this.#out.count === 0) this.#outSinceMs = performance.now()
    while (index < lines.count && this.#out.length < messageBytes) {
      if (isAlone) {
        const end = endOfBytes(lines, index, messageBytes - this.#out.length)
        this.#out.addRange(lines, index, end, source.info.index)
        index = end
        continue
      }
      const time = lines.cursorOf(index)
      if (other && index > source.index && compareTimes(time, other) > 0) break
      const isLate = compareTimes(time, this.#latest) < 0
      this.#out.addLine(lines, index, source.info.index, isLate ? lineFlags.late : 0)
      if (!isLate) this.#latest = { seconds: time.seconds, nanos: time.nanos }
      index += 1
    }
    if (index > source.index) this.#cursors.set(source.info.containerId, lines.cursorOf(index - 1))
    source.index = index
    if (index >= lines.count) source.head = null
    if (this.#out.length >= messageBytes) yield* this.#flush()
  }

  /** The first lines after a pause go at once, the next ones are collected. */
  #flushDueMs(): number {
    return Math.max(this.#lastFlushMs + messageMs, this.#outSinceMs)
  }

  *#flush(behind?: LogMessage): Generator<StreamItem> {
    if (this.#out.count > 0) {
      const lines = this.#out
      this.#out = new LineBatch(messageBytes)
      yield* this.#send(lines)
    }
    if (behind) yield new StreamItem(behind, this.#cursors)
  }

  *#send(lines: LineBatch): Generator<StreamItem> {
    this.#lastFlushMs = performance.now()
    for (const packed of packLines(lines)) yield new StreamItem(packed, this.#cursors)
  }
}

/** Where to stop so that about `bytes` are taken, at least one line. */
function endOfBytes(lines: LineBatch, from: number, bytes: number): number {
  const limit = lines.startOf(from) + bytes
  let end = from + 1
  while (end < lines.count && (lines.ends[end] ?? 0) <= limit) end += 1
  return end
}
