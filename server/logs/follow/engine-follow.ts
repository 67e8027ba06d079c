import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LineCursor } from '#lib/logs/cursor'
import { CursorSkip } from '#lib/logs/cursor-skip'
import { LogDecoder } from '#lib/logs/decode-log'
import { LineBatch } from '#lib/logs/line-batch'
import { compareTimes, type NanoTime } from '#lib/logs/nano-time'
import type { LogEngine } from '../log-engine.ts'
import { readAfter } from '../read-history.ts'
import type { SourceMessage } from './ring.ts'
import { type FollowState, lookAtFollow, watchSilence, watchUnfinished } from './silence.ts'

/** A fresh follow begins a little before now, so that a history read at the same time joins without a hole. */
const overlapMessages = 64
const resumeSteps = [64, 4_096, 65_536] as const
/** How often a log is read that cannot be followed. */
const rereadMs = 1_000
/** How often it is tried whether it can be followed again. */
const retryMs = 15_000

/** `far`: nothing was read, the cursor lies further back. */
type Outcome = 'ended' | 'far' | Exclude<FollowState, 'working'>

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
    for (;;) {
      const outcome = await this.#follow(signal)
      if (outcome !== 'behind' && outcome !== 'cut') return
      await this.#readAgainAndAgain(outcome, signal)
    }
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
        if (outcome !== 'far') return outcome
      }
    return this.#readFrom('all', cursor, true, signal)
  }

  /**
   * A log file that somebody cut short under the Engine can be read and not followed, until it is rotated or the
   * container starts again: it is read every second.
   */
  async #readAgainAndAgain(found: FollowState, signal: AbortSignal): Promise<void> {
    let state = found
    let lookedAtMs = performance.now()
    while (!signal.aborted && this.#sink.isWriting() && this.#runNow() === this.runAtMs) {
      await this.#readOn(state === 'cut', signal)
      if (state !== 'cut' || performance.now() - lookedAtMs > retryMs) {
        state = await lookAtFollow(this.#engine, this.#containerId, this.#newest, signal)
        lookedAtMs = performance.now()
      }
      if (state === 'working') return
      await sleep(rereadMs, undefined, { signal }).catch(() => undefined)
    }
  }

  /** What was written by now behind the last line. */
  async #readOn(isCut: boolean, signal: AbortSignal): Promise<void> {
    const cursor = this.#last ?? null
    const lines = readAfter(this.#engine, this.#containerId, cursor, signal, isCut)
    for await (const { batch, hasGap } of lines) {
      if (hasGap) this.#tellRotated(batch)
      this.#publish(batch)
      await this.#sink.room(signal)
    }
  }

  #runNow(): number | null {
    return this.#engine.container(this.#containerId)?.startedAtMs ?? null
  }

  /** Reads until the end of the stream. `far`: the cursor lies before what this `tail` gives, and nothing was read. */
  async #readFrom(
    tail: number | 'all',
    cursor: LineCursor | null,
    isLastTry: boolean,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const leaving = new AbortController()
    const since = isLastTry && cursor ? { sinceSeconds: cursor.seconds - 1 } : {}
    const either = AbortSignal.any([signal, leaving.signal])
    this.runAtMs = this.#runNow()
    const stream = await this.#engine.open(this.#containerId, { tail, isFollowing: true, ...since }, either)
    this.openedCount += 1
    this.#sink.tell({ type: 'state', state: 'following' })
    const skip = new CursorSkip(cursor)
    let batch = new LineBatch()
    const decoder = new LogDecoder(
      { line: (line, bytes, start, end) => batch.line(line, bytes, start, end) },
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
      () => this.#look(either),
      () => leaving.abort(),
      () => this.#sink.isWatched(),
    )
    this.isReading = true
    try {
      for await (const chunk of stream) {
        silence.heard()
        if (batch.count === 0) batch = new LineBatch(chunk.length)
        decoder.push(chunk)
        if (!take()) return 'far'
        await this.#sink.room(signal)
      }
      decoder.end()
      if (!take()) return 'far'
      this.#publish(skip.end())
      return 'ended'
    } catch (error) {
      if (silence.state !== 'working') return silence.state
      throw error
    } finally {
      this.isReading = false
      silence.stop()
      clearInterval(unfinished)
      leaving.abort()
      stream.destroy()
    }
  }

  async #look(signal: AbortSignal): Promise<FollowState> {
    if (!this.#sink.isWriting() || !this.#engine.isConnected()) return 'working'
    return lookAtFollow(this.#engine, this.#containerId, this.#newest, signal)
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
