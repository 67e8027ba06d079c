import 'server-only'
import type { HistoryContainer } from '#lib/api/history'
import type { Container } from '#lib/docker/containers/container'
import type { LineCursor } from '#lib/logs/cursor'
import { lineFlags } from '#lib/logs/line-assembler'
import { LineBatch } from '#lib/logs/line-batch'
import { compareTimes, type NanoTime } from '#lib/logs/nano-time'
import { type LogMessage, type LogSource, type PackedLines, packLines, unpacked } from '#lib/logs/wire'
import { Bell } from '#server/bell'
import type { Feeds } from './feeds.ts'
import { followContainer, type SourceEvent } from './follow-container.ts'
import { followKept, toKeptSource, withEarlier } from './kept/follow-kept.ts'

/** A message of lines holds about this much text, or what came in this time. */
const messageBytes = 64 * 1024
const messageMs = 50
/** How long a live line waits for earlier ones of other containers. */
const reorderMs = 150

export interface StreamRequest {
  /** The containers of the stream now; asked again when the live model changes. */
  containers: () => Container[]
  /** False: the stream is over when its containers are. */
  mayGrow: boolean
  tail: number | 'all'
  after: ReadonlyMap<string, LineCursor>
  signal: AbortSignal
  /** Containers of which only the archive has the log. */
  gone?: readonly HistoryContainer[]
  /** Whether the archive has lines in front of a container's first one at the Engine. */
  hasEarlier?: (containerId: string, firstMs: number | null) => boolean
}

export class StreamItem {
  /** The last line given of each container, by id; goes on changing. */
  readonly cursors: ReadonlyMap<string, LineCursor>
  readonly content: LogMessage | PackedLines

  constructor(content: LogMessage | PackedLines, cursors: ReadonlyMap<string, LineCursor>) {
    this.content = content
    this.cursors = cursors
  }

  /** Decodes the text of lines each time it is asked for. */
  get message(): LogMessage {
    return 'head' in this.content ? unpacked(this.content) : this.content
  }
}

interface Source {
  info: LogSource
  events: AsyncGenerator<SourceEvent>
  head: SourceEvent | null
  /** Next line of the head that is not given yet. */
  index: number
  isPulling: boolean
  isOver: boolean
  isLive: boolean
}

/**
 * The logs of any number of containers as one stream of wire messages, merged by time, each line once, no faster than it
 * is taken. Lines of one container keep the Engine's order; one that comes after a later line of another is marked late.
 */
export async function* streamLogs(feeds: Feeds, request: StreamRequest): AsyncGenerator<StreamItem> {
  const leaving = new AbortController()
  const signal = AbortSignal.any([request.signal, leaving.signal])
  const merge = new Merge(feeds, { ...request, signal })
  const stopWatching = request.mayGrow ? feeds.engine.watch(() => merge.bell.ring()) : () => undefined
  try {
    yield* merge.run()
  } finally {
    leaving.abort()
    stopWatching()
    await merge.close()
  }
}

class Merge {
  readonly bell = new Bell()
  readonly #feeds: Feeds
  readonly #request: StreamRequest
  readonly #sources: Source[] = []
  readonly #known = new Set<string>()
  readonly #cursors = new Map<string, LineCursor>()
  #out = new LineBatch(messageBytes)
  #outSinceMs = 0
  #lastFlushMs = 0
  /** Time of the latest line given, to know which ones are late. */
  #latest: NanoTime = { seconds: 0, nanos: 0 }
  #isCaughtUp = false
  #failure: { error: unknown } | null = null

  constructor(feeds: Feeds, request: StreamRequest) {
    this.#feeds = feeds
    this.#request = request
  }

  async *run(): AsyncGenerator<StreamItem> {
    const { signal } = this.#request
    while (!signal.aborted) {
      const joined = this.#join()
      if (joined.length > 0) yield* this.#flush({ type: 'sources', sources: joined })
      for (const source of this.#sources) this.#pull(source)
      if (this.#failure) throw this.#failure.error
      if (!this.#isCaughtUp && this.#sources.every((source) => source.isLive || source.isOver)) {
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
      if (!this.#request.mayGrow && this.#sources.every((source) => source.isOver)) break
      const due = Math.min(next.dueMs, this.#out.count > 0 ? this.#flushDueMs() : Infinity)
      await this.bell.wait(signal, due === Infinity ? undefined : Math.max(1, due - performance.now()))
    }
    yield* this.#flush()
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#sources.map((source) => source.events.return(undefined)))
  }

  /** Containers that are new since the last look. */
  #join(): LogSource[] {
    if (!this.#request.mayGrow && this.#known.size > 0) return []
    const joined: LogSource[] = []
    const { gone = [], signal, after, hasEarlier } = this.#request
    for (const container of this.#isCaughtUp ? [] : gone) {
      if (this.#known.has(container.containerId)) continue
      const id = container.containerId
      const hasOlder = hasEarlier?.(id, null) ?? false
      const options = { tail: this.#request.tail, after: after.get(id), hasOlder, signal }
      joined.push(this.#add(toKeptSource(container, this.#sources.length), followKept(container, options)))
    }
    for (const container of this.#request.containers()) {
      if (this.#known.has(container.id)) continue
      // Who joins later is new: all of it belongs to the stream.
      const tail = this.#isCaughtUp ? 'all' : this.#request.tail
      const from = after.get(container.id)
      const events = followContainer(this.#feeds, container.id, { tail, after: from, signal })
      const isTail = hasEarlier && tail !== 'all' && !from
      const test = (firstMs: number | null): boolean => hasEarlier?.(container.id, firstMs) ?? false
      joined.push(
        this.#add(
          toSource(container, this.#sources.length),
          isTail ? withEarlier(events, test, container.createdAtMs) : events,
        ),
      )
    }
    return joined
  }

  #add(info: LogSource, events: AsyncGenerator<SourceEvent>): LogSource {
    this.#known.add(info.containerId)
    this.#sources.push({
      info,
      events,
      head: null,
      index: 0,
      isPulling: false,
      isOver: false,
      isLive: false,
    })
    return info
  }

  /** Asks a source for its next event unless one is there or on its way. */
  #pull(source: Source): void {
    if (source.head || source.isPulling || source.isOver) return
    source.isPulling = true
    source.events.next().then(
      (next) => {
        source.isPulling = false
        if (next.done) source.isOver = true
        else if (next.value.kind === 'caught-up') source.isLive = true
        else source.head = next.value
        source.index = 0
        this.bell.ring()
      },
      (error: unknown) => {
        source.isPulling = false
        source.isOver = true
        this.#failure ??= { error }
        this.bell.ring()
      },
    )
  }

  /** The source with the earliest head, if nothing earlier can be expected; else when to look again. */
  #choose(now: number): { source: Source; other: NanoTime | null } | { dueMs: number } {
    let first: Source | null = null
    let firstTime: NanoTime | null = null
    let other: NanoTime | null = null
    let isWaiting = false
    for (const source of this.#sources) {
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
    const dueMs = this.#sources.length === 1 ? 0 : arrivedAt(first) + reorderMs
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
    const isAlone = this.#sources.length === 1
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

/** How a container is named in a stream of log messages. */
export function toSource(container: Container, index: number): LogSource {
  return {
    index,
    containerId: container.id,
    name: container.name,
    service: container.compose?.service ?? '',
    number: container.compose?.number ?? 0,
  }
}

function headTime(source: Source): NanoTime | null {
  const { head } = source
  if (head?.kind === 'lines') return head.lines.cursorOf(source.index)
  return head?.kind === 'message' && 'seconds' in head.message ? head.message : null
}

function arrivedAt(source: Source): number {
  const { head } = source
  if (!head || head.kind === 'caught-up') return 0
  return head.kind === 'lines' && head.isHistory ? -reorderMs : head.arrivedAtMs
}

/** Where to stop so that about `bytes` are taken, at least one line. */
function endOfBytes(lines: LineBatch, from: number, bytes: number): number {
  const limit = lines.startOf(from) + bytes
  let end = from + 1
  while (end < lines.count && (lines.ends[end] ?? 0) <= limit) end += 1
  return end
}
