import 'server-only'
import type { Container } from '#lib/docker/containers/container'
import { fromMs, toMs } from '#lib/logs/nano-time'
import type { Feeds } from '#server/logs/follow/feeds'
import { followContainer } from '#server/logs/follow/follow-container'
import type { SourceMessage } from '#server/logs/follow/ring'
import type { Outbox } from './outbox.ts'
import type { HistoryStore, RecordedContainer, RecordingMark, RecordingPlace } from './store.ts'

export interface RecordingTools {
  store: HistoryStore
  feeds: Feeds
  outbox: Outbox
  /** Called when what the Engine had before is through. */
  onCaughtUp: () => void
  signal: AbortSignal
}

export function toRecorded(container: Container): RecordedContainer {
  const { compose } = container
  return {
    containerId: container.id,
    name: container.name,
    project: compose?.project ?? '',
    service: compose?.service ?? '',
    number: compose?.number ?? 0,
    isOneOff: compose?.isOneOff ?? false,
    createdAtMs: container.createdAtMs,
  }
}

/**
 * Records one container from where the store is until it is removed, its log cannot be read, or `signal` aborts: one more
 * reader of the container's one stream at the Engine.
 */
export async function recordContainer(container: Container, tools: RecordingTools): Promise<void> {
  const { store, feeds, outbox, signal } = tools
  const recorded = toRecorded(container)
  const place = await store.place(container.id)
  outbox.open(container.id, place)
  const marks = new MarkFilter(place)
  for (const message of marks.begin(container)) await outbox.add(recorded, { message }, marks.mark, signal)
  const events = followContainer(feeds, container.id, {
    tail: 'all',
    after: place?.after ?? undefined,
    isInBackground: true,
    signal,
  })
  for await (const event of events) {
    if (event.kind === 'caught-up') tools.onCaughtUp()
    // A start that the log's reader saw before its first line is told by the live model only.
    const start = marks.startOf(feeds.engine.container(container.id) ?? container)
    if (start) await outbox.add(recorded, { message: start }, marks.mark, signal)
    if (event.kind === 'lines') await outbox.add(recorded, { lines: event.lines }, marks.mark, signal)
    else if (event.kind === 'message' && marks.isNew(event.message))
      await outbox.add(recorded, { message: event.message }, marks.mark, signal)
  }
}

/** Which messages say something the store does not have: starts and ends are told again to whoever comes later. */
class MarkFilter {
  readonly mark: RecordingMark
  readonly #isFirst: boolean

  constructor(place: RecordingPlace | null) {
    this.#isFirst = place === null
    this.mark = place?.mark ?? { startedAtMs: null, endedStartMs: null, isRemoved: false }
    // It is here again: an Engine that was away, or another one.
    this.mark.isRemoved = false
  }

  /** What is known of the container before its log is read. */
  *begin(container: Container): Generator<SourceMessage> {
    if (this.#isFirst) yield { type: 'marker', kind: 'created', ...fromMs(container.createdAtMs) }
    const start = this.startOf(container)
    if (start) yield start
  }

  /** The start of the container's current or last run, unless it was told. */
  startOf({ startedAtMs, restartCount }: Container): SourceMessage | null {
    if (startedAtMs === null || startedAtMs === this.mark.startedAtMs) return null
    this.mark.startedAtMs = startedAtMs
    return { type: 'marker', kind: 'started', ...fromMs(startedAtMs), restartCount }
  }

  isNew(message: SourceMessage): boolean {
    if (message.type === 'state') return false
    if (message.type === 'gap') return message.reason === 'rotated'
    const { mark } = this
    if (message.kind === 'started') {
      if (toMs(message) === mark.startedAtMs) return false
      mark.startedAtMs = toMs(message)
    } else if (message.kind === 'exited') {
      if (mark.startedAtMs === mark.endedStartMs) return false
      mark.endedStartMs = mark.startedAtMs
    } else if (message.kind === 'removed') mark.isRemoved = true
    return true
  }
}
