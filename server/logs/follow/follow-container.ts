import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { compareCursors, formatCursor, type LineCursor } from '#lib/logs/cursor'
import { CursorSkip } from '#lib/logs/cursor-skip'
import { LineBatch } from '#lib/logs/line-batch'
import { compareTimes, type NanoTime } from '#lib/logs/nano-time'
import { errorCode } from '#lib/api/errors'
import type { Feeds } from './feeds.ts'
import { unreadableDriver } from '../log-engine.ts'
import { lastExit, lastStart } from './markers.ts'
import { readAfter, readStart, readTail } from '../read-history.ts'
import type { SourceMessage } from './ring.ts'

/** A viewer who fell behind by no more than this is given the lines from the Engine; by more, a counted gap. */
const maxCatchUpLines = 50_000

export type SourceEvent =
  | { kind: 'lines'; lines: LineBatch; arrivedAtMs: number; isHistory: boolean }
  | { kind: 'message'; message: SourceMessage; arrivedAtMs: number }
  /** The history is through. */
  | { kind: 'caught-up' }

export interface FollowOptions {
  /** Messages of history, or all; not used when there is a cursor. */
  tail: number | 'all'
  /** Go on exactly behind this line. */
  after?: LineCursor | undefined
  /** The recorder: whatever it missed it reads from the Engine, and it never speeds up the reading for viewers. */
  isInBackground?: boolean
  signal: AbortSignal
}

/**
 * One container's log for one viewer: its history, then what is written, each line once, no faster than it is taken.
 * Comes to an end when the container is removed, its log cannot be read, or `signal` aborts.
 */
export async function* followContainer(
  feeds: Feeds,
  containerId: string,
  options: FollowOptions,
): AsyncGenerator<SourceEvent> {
  const { signal } = options
  const attachedAtMs = performance.now()
  const feed = feeds.feed(containerId)
  const reader = feed.attach(options.isInBackground)
  const maxCatchUp = options.isInBackground ? Infinity : maxCatchUpLines
  const viewer = new Viewer(feeds, containerId, signal)
  try {
    if (options.after) viewer.cursor = options.after
    yield* viewer.untilRead(() => (viewer.cursor ? viewer.catchUp() : viewer.history(options.tail)))
    yield { kind: 'caught-up' }
    yield* viewer.ending()
    reader.rewind()
    let skip = viewer.skip()
    while (!signal.aborted) {
      const next = await reader.next(signal, () => feed.isOver)
      if (next === null) return
      if ('missed' in next) {
        if ((skip.state === 'past' || viewer.cursor === null) && next.missed > maxCatchUp) {
          yield viewer.gap(next.missed)
          continue
        }
        yield* viewer.untilRead(() => viewer.catchUp())
        reader.rewind()
        skip = viewer.skip()
        continue
      }
      const { entry, arrivedAtMs } = next
      if ('message' in entry) {
        // A marker from before this viewer's place is in his history already, and so is the end that he began with. In an empty log
        // there is no place: the clock tells.
        const isAhead = skip.state === 'past' || (viewer.cursor === null && arrivedAtMs >= attachedAtMs)
        if (entry.message.type === 'state' || (isAhead && viewer.isNews(entry.message)))
          yield { kind: 'message', message: entry.message, arrivedAtMs }
        continue
      }
      if (viewer.cursor === null && (await viewer.isLogStart(entry.lines))) skip = new CursorSkip(null)
      const wasSearching = skip.state === 'searching'
      const fresh = skip.take(entry.lines)
      if (wasSearching && skip.state === 'missed') {
        const before = viewer.lineCount
        yield* viewer.untilRead(() => viewer.catchUp())
        reader.rewind()
        // Nothing came from the Engine either: what the ring has is all there is.
        skip = viewer.lineCount === before ? new CursorSkip(null) : viewer.skip()
        continue
      }
      if (fresh.count > 0) yield viewer.lines(fresh, arrivedAtMs, false)
    }
  } catch (error) {
    const driver = unreadableDriver(error)
    if (driver === null && errorCode(error) !== 'container_not_found') throw error
    const message: SourceMessage =
      driver === null
        ? { type: 'state', state: 'removed' }
        : { type: 'state', state: 'unreadable', detail: driver }
    yield { kind: 'message', message, arrivedAtMs: performance.now() }
    yield { kind: 'caught-up' }
  } finally {
    reader.close()
  }
}

/** Where one viewer is in one container's log. */
class Viewer {
  readonly #feeds: Feeds
  readonly #containerId: string
  readonly #signal: AbortSignal
  /** The last line given; null before the first. */
  cursor: LineCursor | null = null
  lineCount = 0
  #hasEnding = false

  constructor(feeds: Feeds, containerId: string, signal: AbortSignal) {
    this.#feeds = feeds
    this.#containerId = containerId
    this.#signal = signal
  }

  /** Where to go on in the ring. */
  skip(): CursorSkip {
    return new CursorSkip(this.cursor ?? beforeEverything)
  }

  /** Whether the log begins with these lines. Where it was empty at first, the ring may still lack what was written before the feed's stream began. */
  async isLogStart(lines: LineBatch): Promise<boolean> {
    const start = await readStart(this.#feeds.engine, this.#containerId, this.#signal).catch(() => null)
    return start !== null && compareCursors(lines.cursorOf(0), start) <= 0
  }

  lines(lines: LineBatch, arrivedAtMs: number, isHistory: boolean): SourceEvent {
    this.cursor = lines.cursorOf(lines.count - 1)
    this.lineCount += lines.count
    return { kind: 'lines', lines, arrivedAtMs, isHistory }
  }

  /** Reads from the Engine, again while it is away, from where it stopped. */
  async *untilRead(read: () => AsyncGenerator<SourceEvent>): AsyncGenerator<SourceEvent> {
    for (;;) {
      try {
        yield* read()
        return
      } catch (error) {
        if (this.#signal.aborted) return
        const code = errorCode(error)
        if (unreadableDriver(error) !== null || code === 'container_not_found') throw error
        if (code === null || code === 'bad_request') throw error
        const detail = error instanceof Error ? error.message : ''
        yield {
          kind: 'message',
          message: { type: 'state', state: 'away', detail },
          arrivedAtMs: performance.now(),
        }
        await sleep(1_000, undefined, { signal: this.#signal }).catch(() => undefined)
      }
    }
  }

  /** Declares how many lines this viewer does not get; the first one behind the gap stands in the ring. */
  gap(count: number): SourceEvent {
    const at = this.cursor ?? { seconds: 0, nanos: 0 }
    const message: SourceMessage = {
      type: 'gap',
      count,
      reason: 'slow',
      seconds: at.seconds,
      nanos: at.nanos,
      ...(this.cursor ? { after: formatCursor(this.cursor) } : {}),
    }
    return { kind: 'message', message, arrivedAtMs: performance.now() }
  }

  async *history(tail: number | 'all'): AsyncGenerator<SourceEvent> {
    if (tail === 'all') {
      for await (const { batch } of readAfter(this.#feeds.engine, this.#containerId, null, this.#signal))
        yield this.lines(batch, 0, true)
      return
    }
    // The last line is needed even if none is wanted: what comes is what is behind it.
    const wanted = Math.max(1, tail)
    const { batch, isFromStart } = await readTail(this.#feeds.engine, this.#containerId, wanted, this.#signal)
    if (batch.count === 0) return
    if (tail === 0) {
      this.cursor = batch.cursorOf(batch.count - 1)
      return
    }
    if (!isFromStart) yield this.#earlier(batch)
    yield* this.#withStart(batch)
  }

  /** The exit of a container that does not run, behind its last line. */
  *ending(): Generator<SourceEvent> {
    const container = this.#feeds.engine.container(this.#containerId)
    const exit = container && lastExit(container, this.cursor)
    if (!exit) return
    this.#hasEnding = true
    yield { kind: 'message', message: exit, arrivedAtMs: 0 }
  }

  /** False for the end of the run whose end `ending` gave; what a later run does is news. */
  isNews(message: SourceMessage): boolean {
    if (message.type !== 'marker') return true
    if (message.kind === 'started') this.#hasEnding = false
    return !(this.#hasEnding && message.kind === 'exited')
  }

  /** What was written since the last line given, from the Engine. */
  async *catchUp(): AsyncGenerator<SourceEvent> {
    const lines = readAfter(this.#feeds.engine, this.#containerId, this.cursor, this.#signal)
    for await (const { batch, hasGap } of lines) {
      if (hasGap) yield { kind: 'message', message: rotated(batch), arrivedAtMs: 0 }
      yield this.lines(batch, 0, true)
    }
  }

  #earlier(batch: LineBatch): SourceEvent {
    const message: SourceMessage = { ...rotated(batch), reason: 'earlier' }
    return { kind: 'message', message, arrivedAtMs: 0 }
  }

  /** History with the start of the last run in its place. */
  *#withStart(batch: LineBatch): Generator<SourceEvent> {
    const container = this.#feeds.engine.container(this.#containerId)
    const start = container && lastStart(container)
    const found = start ? firstNotBefore(batch, start) : 0
    // Nothing of an earlier run is shown: the start would say nothing.
    if (!start || found === 0) {
      yield this.lines(batch, 0, true)
      return
    }
    const index = found < 0 ? batch.count : found
    const [before, behind] = [new LineBatch(), new LineBatch()]
    before.addRange(batch, 0, index, 0)
    behind.addRange(batch, index, batch.count, 0)
    if (before.count > 0) yield this.lines(before, 0, true)
    yield { kind: 'message', message: start, arrivedAtMs: 0 }
    if (behind.count > 0) yield this.lines(behind, 0, true)
  }
}

const beforeEverything: LineCursor = { seconds: 0, nanos: 0, isStderr: false, ordinal: 0 }

function rotated(batch: LineBatch): Extract<SourceMessage, { type: 'gap' }> {
  const { seconds, nanos } = batch.cursorOf(0)
  return { type: 'gap', count: null, reason: 'rotated', seconds, nanos }
}

function firstNotBefore(batch: LineBatch, time: NanoTime): number {
  for (let index = 0; index < batch.count; index += 1)
    if (compareTimes(batch.cursorOf(index), time) >= 0) return index
  return -1
}
