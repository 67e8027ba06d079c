import 'server-only'
import type { HistoryContainer } from '#lib/api/history'
import { formatCursor, type LineCursor } from '#lib/logs/cursor'
import { fromMs, type NanoTime, toMs } from '#lib/logs/nano-time'
import type { LogSource } from '#lib/logs/wire'
import { history } from '#server/history/history'
import type { FollowOptions, SourceEvent } from '../follow/follow-container.ts'
import type { SourceMessage } from '../follow/ring.ts'

/** How a container of the archive is named in a stream. */
export function toKeptSource(container: HistoryContainer, index: number): LogSource {
  const { containerId, name, service, number } = container
  return { index, containerId, name, service, number }
}

/**
 * The log of a container the Engine no longer has, from the archive: as `followContainer` gives it, and then it is over.
 * `hasOlder`: containers stood in its place before it, and their logs are kept too.
 */
export async function* followKept(
  container: HistoryContainer,
  { tail, after, hasOlder, signal }: FollowOptions & { hasOlder: boolean },
): AsyncGenerator<SourceEvent> {
  const items = history().read(
    {
      targets: [{ containerId: container.containerId }],
      ...(after
        ? { direction: 'forwards', cursors: { [container.containerId]: after } }
        : tail === 'all'
          ? { direction: 'forwards' }
          : { direction: 'page', limit: tail }),
    },
    signal,
  )
  // Said in front of a page, when it is known that there is something in front of it.
  let held: SourceEvent[] | null = !after && tail !== 'all' ? [] : null
  for await (const item of items) {
    if (item.kind === 'sources') continue
    if (item.kind === 'end') {
      if (held && (!item.isComplete || hasOlder))
        yield earlier(firstTime(held) ?? fromMs(container.createdAtMs))
      yield* held ?? []
      held = null
    } else {
      const event: SourceEvent =
        item.kind === 'lines'
          ? { kind: 'lines', lines: item.lines, arrivedAtMs: 0, isHistory: true }
          : { kind: 'message', message: item.message, arrivedAtMs: 0 }
      if (held) held.push(event)
      else yield event
    }
  }
  yield { kind: 'message', message: { type: 'state', state: 'removed' }, arrivedAtMs: 0 }
  yield { kind: 'caught-up' }
}

/** Says in front of a container's history that the archive has more, where the Engine's log begins with it. */
export async function* withEarlier(
  events: AsyncGenerator<SourceEvent>,
  hasEarlier: (firstMs: number | null) => boolean,
  createdAtMs: number,
): AsyncGenerator<SourceEvent> {
  let isOpen = true
  for await (const event of events) {
    if (isOpen && event.kind === 'message' && event.message.type === 'gap') isOpen = false
    else if (isOpen && event.kind === 'lines') {
      isOpen = false
      const first = event.lines.cursorOf(0)
      if (hasEarlier(toMs(first))) yield earlier(first, first)
    } else if (isOpen && event.kind === 'caught-up') {
      isOpen = false
      const created = fromMs(createdAtMs)
      if (hasEarlier(null)) yield earlier(created, { ...created, isStderr: false, ordinal: 0 })
    }
    yield event
  }
}

function earlier({ seconds, nanos }: NanoTime, before?: LineCursor): SourceEvent {
  const message: SourceMessage = { type: 'gap', reason: 'earlier', count: null, seconds, nanos }
  if (before) message.before = formatCursor(before)
  return { kind: 'message', message, arrivedAtMs: 0 }
}

function firstTime(events: readonly SourceEvent[]): NanoTime | null {
  for (const event of events) if (event.kind === 'lines') return event.lines.cursorOf(0)
  return null
}
