import 'server-only'
import type { HistorySettings, RecordingState } from '#lib/api/history'
import type { Container } from '#lib/docker/containers/container'
import { fromMs } from '#lib/logs/nano-time'
import { log } from '#server/log'
import type { Feeds } from '#server/logs/follow/feeds'
import { HistoryFailure, problemOf, toHistoryFailure } from './failure.ts'
import { Outbox } from './outbox.ts'
import { recordContainer } from './record-container.ts'
import type { HistoryStore } from './store.ts'

/** Logs that are caught up with at the same time; those that follow cost next to nothing. */
const catchUpsAtOnce = 3
const trimEveryMs = 60_000
/** Text after which the limits are looked at before their time. */
const trimEveryBytes = 32 * 1024 * 1024
const firstRetryMs = 1_000
const maxRetryMs = 4_000
/** A store that is frozen takes long to fail: a write without an answer for this long is said at once. */
const slowMs = 1_500
/** Changes of the live model come in crowds. */
const settleMs = 100

/**
 * Keeps the logs of all containers that are to be recorded. When the store does not take lines it stops, says so, and goes
 * on from where the store is as soon as it does again: what the Engine keeps meanwhile is not lost.
 */
export class Recorder {
  readonly #store: HistoryStore
  readonly #feeds: Feeds
  readonly #running = new Map<string, AbortController>()
  /** Containers that were recorded to their end, by their start: a new start makes them new. */
  readonly #finished = new Map<string, number | null>()
  readonly #timers = new Set<NodeJS.Timeout>()
  readonly #catchUps: (() => void)[] = []
  #catchUpCount = 0
  #startedAtMs = 0
  #settings: HistorySettings | null = null
  #outbox: Outbox
  #stopWatching: (() => void) | null = null
  #isSettling = false
  #isTrimming = false
  #retryMs = firstRetryMs
  #trimmedAtBytes = 0
  #state: Omit<RecordingState, 'containerCount'> = { state: 'off', sinceMs: Date.now() }

  constructor(store: HistoryStore, feeds: Feeds) {
    this.#store = store
    this.#feeds = feeds
    this.#outbox = this.#newOutbox()
  }

  get state(): RecordingState {
    const containerCount = this.#running.size
    const beganMs = this.#outbox.writingSinceMs
    const writingMs = beganMs === null ? 0 : performance.now() - beganMs
    if (this.#state.state !== 'recording' || writingMs < slowMs) return { ...this.#state, containerCount }
    const detail = 'The log archive takes long to answer.'
    const sinceMs = Math.round(Date.now() - writingMs)
    return { state: 'paused', reason: 'unreachable', detail, sinceMs, containerCount }
  }

  start(): void {
    if (this.#stopWatching) return
    this.#startedAtMs = Date.now()
    this.#set({ state: 'starting' })
    this.#stopWatching = this.#feeds.engine.watch(() => this.#settle())
    const timer = setInterval(() => void this.trim(), trimEveryMs)
    timer.unref()
    this.#timers.add(timer)
    void this.#resume()
  }

  /** Writes what waits, and lets the containers go. */
  async stop(): Promise<void> {
    this.#stopWatching?.()
    this.#stopWatching = null
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
    this.#leaveAll()
    await this.#outbox.flush()
    this.#set({ state: 'off' })
  }

  /** Whether a container is recorded, by what is set. */
  isWanted(container: Container): boolean {
    const settings = this.#settings
    if (!settings) return false
    const project = container.compose?.project
    return project === undefined ? settings.isOutsideRecorded : !settings.projectsOff.includes(project)
  }

  /** Looks at the settings again; what is no longer wanted is let go at once. */
  async reload(): Promise<void> {
    this.#settings = await this.#store.settings()
    if (this.#state.state === 'recording') this.#join()
    void this.trim()
  }

  /** Lets go of what is beyond the limits, and notes the containers that went while nobody looked. */
  async trim(): Promise<void> {
    if (this.#isTrimming || this.#state.state !== 'recording') return
    this.#isTrimming = true
    try {
      this.#trimmedAtBytes = this.#outbox.writtenBytes
      if (this.#feeds.engine.isConnected()) await this.#noteRemoved()
      while ((await this.#store.trim(Date.now(), this.keepIds())) > 0) continue
    } catch (error) {
      this.#pause(error)
    } finally {
      this.#isTrimming = false
    }
  }

  /** Ids of the containers the Engine has: they go on being recorded behind whatever is deleted. */
  keepIds(): string[] {
    return this.#feeds.engine.containers().map(({ id }) => id)
  }

  async #resume(): Promise<void> {
    try {
      this.#settings = await this.#store.settings()
      await this.#store.probe()
    } catch (error) {
      this.#pause(error)
      return
    }
    if (!this.#stopWatching) return
    if (this.#state.state === 'paused') log.info('logs are recorded again')
    this.#retryMs = firstRetryMs
    this.#outbox = this.#newOutbox()
    this.#trimmedAtBytes = 0
    this.#set({ state: 'recording' })
    this.#join()
    void this.trim()
  }

  #newOutbox(): Outbox {
    const outbox: Outbox = new Outbox(this.#store, (error) => {
      if (outbox === this.#outbox) this.#pause(error)
    })
    return outbox
  }

  #settle(): void {
    if (this.#isSettling || this.#state.state !== 'recording') return
    this.#isSettling = true
    this.#later(settleMs, () => {
      this.#isSettling = false
      this.#join()
    })
  }

  /** Begins with the containers that are new, and leaves those that are not wanted any more. */
  #join(): void {
    if (this.#state.state !== 'recording') return
    for (const container of this.#byAge()) {
      const running = this.#running.get(container.id)
      const isWanted = this.isWanted(container)
      if (running && !isWanted) running.abort()
      const isFinished = this.#finished.get(container.id) === container.startedAtMs
      if (!running && isWanted && container.isInspected && !isFinished) this.#record(container)
    }
    for (const id of this.#finished.keys()) if (!this.#feeds.engine.container(id)) this.#finished.delete(id)
    if (this.#outbox.writtenBytes - this.#trimmedAtBytes > trimEveryBytes) void this.trim()
  }

  #byAge(): Container[] {
    return this.#feeds.engine.containers().toSorted((a, b) => a.createdAtMs - b.createdAtMs)
  }

  #record(container: Container): void {
    const leaving = new AbortController()
    this.#running.set(container.id, leaving)
    const { signal } = leaving
    let hasTurn = false
    const giveTurn = (): void => {
      if (hasTurn) this.#giveTurn()
      hasTurn = false
    }
    // One that began while this records has a short log, and may be gone before a long one is through.
    const isNew = container.createdAtMs > this.#startedAtMs
    const run = async (): Promise<void> => {
      if (!isNew) await this.#takeTurn()
      hasTurn = !isNew
      const tools = { store: this.#store, feeds: this.#feeds, outbox: this.#outbox, signal }
      if (!signal.aborted) await recordContainer(container, { ...tools, onCaughtUp: giveTurn })
      if (!signal.aborted) this.#finished.set(container.id, container.startedAtMs)
    }
    run()
      .catch((error: unknown) => this.#onBroken(container, signal, error))
      .finally(() => {
        giveTurn()
        if (this.#running.get(container.id) === leaving) this.#running.delete(container.id)
      })
  }

  #onBroken(container: Container, signal: AbortSignal, error: unknown): void {
    if (signal.aborted) return
    // A store that does not answer is everybody's; anything else is this container's, and tried again when it changes.
    if (error instanceof HistoryFailure) this.#pause(error)
    else {
      this.#finished.set(container.id, container.startedAtMs)
      log.warn('a container’s log could not be recorded', { container: container.name, error: String(error) })
    }
  }

  async #takeTurn(): Promise<void> {
    if (this.#catchUpCount < catchUpsAtOnce) {
      this.#catchUpCount += 1
      return
    }
    await new Promise<void>((resolve) => this.#catchUps.push(resolve))
  }

  #giveTurn(): void {
    // The youngest first: its log is short, and a long one waits well.
    const next = this.#catchUps.pop()
    if (next) next()
    else this.#catchUpCount -= 1
  }

  async #noteRemoved(): Promise<void> {
    const { engine } = this.#feeds
    for (const known of await this.#store.list()) {
      if (known.isRemoved || engine.container(known.containerId) || this.#running.has(known.containerId))
        continue
      const place = await this.#store.place(known.containerId)
      if (!place) continue
      const time = fromMs(known.lastLineAtMs ?? known.createdAtMs)
      await this.#store.append([
        {
          container: known,
          entries: [
            {
              message: {
                type: 'gap',
                reason: 'unrecorded',
                count: null,
                ...time,
                nanos: time.nanos + 999_999,
              },
            },
            { message: { type: 'marker', kind: 'removed', ...time, nanos: time.nanos + 999_999 } },
          ],
          mark: { ...place.mark, isRemoved: true },
          after: place.after,
        },
      ])
    }
  }

  #pause(error: unknown): void {
    if (!this.#stopWatching) return
    const reason = problemOf(error)
    const failure = toHistoryFailure(error)
    this.#leaveAll()
    if (this.#state.state !== 'paused')
      log.warn('logs are not recorded for now', { reason, error: failure.message })
    this.#set({
      state: 'paused',
      reason: reason === 'conflict' ? 'failed' : reason,
      detail: failure.message,
    })
    this.#later(this.#retryMs, () => void this.#resume())
    this.#retryMs = Math.min(maxRetryMs, this.#retryMs * 2)
  }

  #leaveAll(): void {
    for (const leaving of this.#running.values()) leaving.abort()
    this.#running.clear()
  }

  #set(state: Pick<RecordingState, 'state' | 'reason' | 'detail'>): void {
    const isSame = state.state === this.#state.state && state.reason === this.#state.reason
    this.#state = { ...state, sinceMs: isSame ? this.#state.sinceMs : Date.now() }
  }

  #later(ms: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      run()
    }, ms)
    timer.unref()
    this.#timers.add(timer)
  }
}
