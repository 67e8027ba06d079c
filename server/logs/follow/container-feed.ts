import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { errorCode } from '#lib/api/errors'
import type { Container } from '#lib/docker/containers/container'
import { Bell } from '#server/bell'
import { EngineFollow } from './engine-follow.ts'
import { markersBetween, markerTime } from './markers.ts'
import { type LogEngine, unreadableDriver } from '../log-engine.ts'
import { FeedReader } from './feed-reader.ts'
import { type FeedEntry, Ring, type SourceMessage } from './ring.ts'

/** What a viewer that stopped reading can cost, whoever else watches. */
const ringBytes = 4 * 1024 * 1024
/** The Engine is read no further than this ahead of the viewer that reads fastest. */
const aheadBytes = 2 * 1024 * 1024
/** Viewers who take nothing for this long no longer hold back the recorder. */
const patienceMs = 2_000
/** What stays of a log that only the recorder reads, for whoever comes. */
const recordedBytes = 64 * 1024
/** Kept open this long without a viewer: a browser that reconnects finds its place here. */
const lingerMs = 10_000
const maxBackoffMs = 5_000

/**
 * One follow stream of one container at the Engine, shared by everyone who watches it. Reads while somebody reads, into
 * a bounded ring; comes back after an end that was not the container's, exactly behind the last line it had.
 */
export class ContainerFeed {
  readonly containerId: string
  readonly #engine: LogEngine
  readonly #onIdle: () => void
  readonly #ring = new Ring(ringBytes)
  readonly #bell = new Bell()
  readonly #room = new Bell()
  readonly #modelChanged = new Bell()
  readonly #readers = new Set<FeedReader>()
  readonly #closing = new AbortController()
  readonly #follow: EngineFollow
  #lingering: NodeJS.Timeout | null = null
  #stopWatching: (() => void) | null = null
  #known: Container | null = null
  #idleBytes = 0
  isOver = false
  /** The last state told, for viewers who come later. */
  state: SourceMessage | null = null

  constructor(engine: LogEngine, containerId: string, onIdle: () => void) {
    this.#engine = engine
    this.containerId = containerId
    this.#onIdle = onIdle
    this.#follow = new EngineFollow(engine, containerId, {
      lines: (lines) => this.#publish({ lines }),
      tell: (message) => this.#tell(message),
      room: (signal) => this.#waitForRoom(signal),
      hasTty: () => this.#known?.hasTty ?? false,
      isWriting: () => this.#isWriting(),
      isWatched: () => this.viewerCount > 0,
    })
  }

  /** Connections made to the Engine, for tests and metrics. */
  get openedCount(): number {
    return this.#follow.openedCount
  }

  /**
   * A position at the oldest entry there is. Close it. The first one opens the stream at the Engine. One in the background
   * (the recorder) never makes the Engine be read faster than those who watch, and keeps nothing for itself.
   */
  attach(isInBackground = false): FeedReader {
    if (this.#lingering) clearTimeout(this.#lingering)
    this.#lingering = null
    const reader = new FeedReader(
      this.#ring,
      this.#bell,
      () => this.#onConsumed(),
      (gone) => this.#detach(gone),
      isInBackground,
    )
    this.#readers.add(reader)
    if (!this.#stopWatching) {
      this.#known = this.#engine.container(this.containerId)
      this.#stopWatching = this.#engine.watch(() => this.#compare())
      void this.#run()
    }
    this.#room.ring()
    return reader
  }

  get viewerCount(): number {
    return this.#viewers().length
  }

  #viewers(): FeedReader[] {
    return [...this.#readers].filter((reader) => !reader.isInBackground)
  }

  #onConsumed(): void {
    if (this.viewerCount === 0) {
      let slowest = this.#ring.endBytes
      for (const reader of this.#readers) slowest = Math.min(slowest, reader.consumedBytes)
      this.#ring.forget(slowest - recordedBytes)
    }
    this.#room.ring()
  }

  close(): void {
    this.isOver = true
    this.#closing.abort()
    this.#stopWatching?.()
    this.#stopWatching = null
    if (this.#lingering) clearTimeout(this.#lingering)
    this.#onIdle()
    this.#bell.ring()
  }

  #detach(reader: FeedReader): void {
    this.#readers.delete(reader)
    if (this.#readers.size > 0 || this.isOver) return
    this.#idleBytes = this.#ring.endBytes
    this.#lingering = setTimeout(() => this.close(), lingerMs)
    this.#lingering.unref()
  }

  #publish(entry: FeedEntry): void {
    if ('message' in entry && entry.message.type === 'state') this.state = entry.message
    this.#ring.push(entry)
    this.#bell.ring()
  }

  #tell(message: SourceMessage): void {
    this.#publish({ message })
  }

  /** What changed in the live model becomes markers among the lines. */
  #compare(): void {
    const before = this.#known
    const now = this.#engine.container(this.containerId)
    if (now === null && before !== null && this.#engine.isConnected()) {
      this.#known = null
      // The Engine ends the stream itself, behind the last line; where it does not, this does.
      setTimeout(() => this.#finishRemoved(), this.#follow.isReading ? 2_000 : 0).unref()
    } else if (now) {
      this.#known = now
      if (before) for (const marker of markersBetween(before, now, this.#follow.last)) this.#tell(marker)
    }
    this.#modelChanged.ring()
  }

  #finishRemoved(): void {
    if (this.isOver) return
    this.#tell({ type: 'marker', kind: 'removed', ...markerTime(Date.now(), this.#follow.last) })
    this.#tell({ type: 'state', state: 'removed' })
    this.close()
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing
    let backoffMs = 250
    while (!signal.aborted) {
      try {
        await this.#follow.read(signal)
        backoffMs = 250
        if (signal.aborted) return
        await this.#afterEnd(signal)
      } catch (error) {
        if (signal.aborted) return
        if (this.#known === null && this.#engine.isConnected()) {
          this.#finishRemoved()
          return
        }
        if (this.#isFinal(error)) return
        this.#tell({ type: 'state', state: 'away', detail: 'The Engine ended the log stream.' })
        await Promise.race([
          sleep(backoffMs + Math.random() * backoffMs * 0.2, undefined, { signal }).catch(() => undefined),
          this.#modelChanged.wait(signal),
        ])
        // A change of the model may come at once: never faster than this.
        await sleep(200, undefined, { signal }).catch(() => undefined)
        backoffMs = Math.min(maxBackoffMs, backoffMs * 2)
      }
    }
  }

  /** True for errors that trying again cannot mend. */
  #isFinal(error: unknown): boolean {
    const driver = unreadableDriver(error)
    if (driver !== null) {
      this.#tell({ type: 'state', state: 'unreadable', detail: driver })
      return true
    }
    if (errorCode(error) !== 'container_not_found') return false
    this.#finishRemoved()
    return true
  }

  /** A clean end: the container stopped, or the Engine did. Waits until there is something to follow again. */
  async #afterEnd(signal: AbortSignal): Promise<void> {
    const hasNewRun = (): boolean => {
      const now = this.#engine.container(this.containerId)
      return now !== null && this.#engine.isConnected() && now.startedAtMs !== this.#follow.runAtMs
    }
    // The model hears of the end a moment later.
    const deadline = performance.now() + 1_000
    while (!signal.aborted && !hasNewRun() && this.#isWriting() && performance.now() < deadline)
      await this.#modelChanged.wait(signal, deadline - performance.now())
    if (signal.aborted || hasNewRun()) return
    if (this.#known === null) {
      this.#finishRemoved()
      return
    }
    if (this.#isWriting()) throw new Error('the stream ended and the container runs')
    this.#tell({ type: 'state', state: 'ended' })
    while (!signal.aborted && !hasNewRun() && !(this.#engine.isConnected() && this.#isWriting()))
      await this.#modelChanged.wait(signal)
  }

  /** Not while it waits to be restarted: a loop of crashes is no Engine that does not answer. */
  #isWriting(): boolean {
    const state = this.#engine.container(this.containerId)?.state
    return state === 'running' || state === 'paused'
  }

  async #waitForRoom(signal: AbortSignal): Promise<void> {
    let isPatient = true
    while (!signal.aborted) {
      const viewers = this.#viewers()
      const counted = isPatient && viewers.length > 0 ? viewers : [...this.#readers]
      let fastest = counted.length === 0 ? this.#idleBytes : 0
      for (const reader of counted) fastest = Math.max(fastest, reader.consumedBytes)
      if (this.#ring.endBytes - fastest <= aheadBytes) return
      const hasOthers = counted.length < this.#readers.size
      const askedAtMs = performance.now()
      await this.#room.wait(signal, hasOthers ? patienceMs : undefined)
      if (hasOthers && performance.now() - askedAtMs >= patienceMs) isPatient = false
    }
  }
}
