import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LineCursor } from '#lib/logs/cursor'
import { CursorSkip } from '#lib/logs/cursor-skip'
import { LogDecoder } from '#lib/logs/decode-log'
import { LineBatch } from '#lib/logs/line-batch'
import { compareTimes, type NanoTime } from '#lib/logs/nano-time'
import type { LogEngine } from './log-engine.ts'
import { readAfter } from './read-history.ts'
import type { SourceMessage } from './ring.ts'
import { isFollowStuck, watchSilence, watchUnfinished } from './silence.ts'

/** A fresh follow begins a little before now, so that a history read at the same time joins without a hole. */
const overlapMessages = 64
const resumeSteps = [64, 4_096, 65_536] as const
/** How often a log is read that cannot be followed. */
const rereadMs = 1_000

type Outcome = 'ended' | 'behind' | 'stuck'

/** Who gets what is read, and says how fast. */
export interface FollowSink {
  lines: (batch: LineBatch) => void
  tell: (message: SourceMessage) => void
  /** Resolves when more may be read. */
  room: (signal: AbortSignal) => Promise<void>
  hasTty: () => boolean
  /** Whether the container can write now. */
  isWriting: () => boolean
  isWatched: () => boolean
}

/** The log of one container as the Engine follows it, each line once: every read goes on exactly behind the last line of the one before. */
export class EngineFollow {
  readonly #engine: LogEngine
  readonly #containerId: string
  readonly #sink: FollowSink
  /** Undefined before the first connection, null while the log is empty. */
  #last: LineCursor | null | undefined = undefined
  /** The latest time among the lines: the last one to come may be a little earlier. */
  #newest: NanoTime | null = null
  /** When the run began whose lines are read. */
  runAtMs: number | null = null
  isReading = false
  /** Connections made to the Engine, for tests and metrics. */
  openedCount = 0

  constructor(engine: LogEngine, containerId: string, sink: FollowSink) {
    this.#engine = engine
    this.#containerId = containerId
    this.#sink = sink
  }

  /** The last line that was read. */
  get last(): LineCursor | null {
    return this.#last ?? null
  }

  /** Until the stream ends; throws when the Engine breaks it off. */
  async read(signal: AbortSignal): Promise<void> {
    while ((await this.#follow(signal)) === 'stuck') await this.#readAgainAndAgain(signal)
  }

  async #follow(signal: AbortSignal): Promise<Outcome> {
    if (this.#last === undefined) {
      this.#last = null
      return this.#readFrom(overlapMessages, null, false, signal)
    }
    const cursor = this.#last
    if (cursor)
      for (const tail of resumeSteps) {
        const outcome = await this.#readFrom(tail, cursor, false, signal)
        if (outcome !== 'behind') return outcome
      }
    return this.#readFrom('all', cursor, true, signal)
  }

  /**
   * A log file that somebody cut short under the Engine can be read and not followed, until it is rotated or the
   * container starts again: it is read every second.
   */
  async #readAgainAndAgain(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && this.#sink.isWriting()) {
      for await (const { batch, hasGap } of readAfter(
        this.#engine,
        this.#containerId,
        this.#last ?? null,
        signal,
      )) {
        if (hasGap) this.#tellRotated(batch)
        this.#publish(batch)
        await this.#sink.room(signal)
      }
      if (!(await isFollowStuck(this.#engine, this.#containerId, this.#newest, signal))) return
      await sleep(rereadMs, undefined, { signal }).catch(() => undefined)
    }
  }

  /** Reads until the end of the stream. `behind`: the cursor lies before what this `tail` gives, and nothing was read. */
  async #readFrom(
    tail: number | 'all',
    cursor: LineCursor | null,
    isLastTry: boolean,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const leaving = new AbortController()
    const since = isLastTry && cursor ? { sinceSeconds: cursor.seconds - 1 } : {}
    const either = AbortSignal.any([signal, leaving.signal])
    this.runAtMs = this.#engine.container(this.#containerId)?.startedAtMs ?? null
    const stream = await this.#engine.open(this.#containerId, { tail, isFollowing: true, ...since }, either)
    this.openedCount += 1
    this.#sink.tell({ type: 'state', state: 'following' })
    const skip = new CursorSkip(cursor)
    let batch = new LineBatch()
    const decoder = new LogDecoder(
      { line: (...line) => batch.line(...line) },
      { hasTty: this.#sink.hasTty() },
    )
    const take = (): boolean => {
      if (batch.count === 0) return true
      const wasSearching = skip.state === 'searching'
      const fresh = skip.take(batch)
      batch = new LineBatch()
      if (wasSearching && skip.state === 'missed') {
        if (!isLastTry) return false
        this.#tellRotated(fresh)
      }
      this.#publish(fresh)
      return true
    }
    const unfinished = watchUnfinished(decoder, take)
    const silence = watchSilence(
      () => this.#isStuck(either),
      () => leaving.abort(),
      () => this.#sink.isWatched(),
    )
    this.isReading = true
    try {
      for await (const chunk of stream) {
        silence.heard()
        decoder.push(chunk as Uint8Array)
        if (!take()) return 'behind'
        await this.#sink.room(signal)
      }
      decoder.end()
      if (!take()) return 'behind'
      this.#publish(skip.end())
      return 'ended'
    } catch (error) {
      if (silence.isStuck) return 'stuck'
      throw error
    } finally {
      this.isReading = false
      silence.stop()
      clearInterval(unfinished)
      leaving.abort()
      stream.destroy()
    }
  }

  async #isStuck(signal: AbortSignal): Promise<boolean> {
    if (!this.#sink.isWriting() || !this.#engine.isConnected()) return false
    return isFollowStuck(this.#engine, this.#containerId, this.#newest, signal)
  }

  #tellRotated(batch: LineBatch): void {
    const { seconds, nanos } = batch.cursorOf(0)
    this.#sink.tell({ type: 'gap', count: null, reason: 'rotated', seconds, nanos })
  }

  #publish(batch: LineBatch): void {
    if (batch.count === 0) return
    this.#last = batch.cursorOf(batch.count - 1)
    if (!this.#newest || compareTimes(this.#last, this.#newest) > 0) this.#newest = this.#last
    this.#sink.lines(batch)
  }
}
