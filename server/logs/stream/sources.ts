import 'server-only'
import type { Container } from '#lib/docker/containers/container'
import type { NanoTime } from '#lib/logs/nano-time'
import type { LogSource } from '#lib/logs/wire'
import type { Bell } from '#server/bell'
import type { Feeds } from '../follow/feeds.ts'
import { followContainer, type SourceEvent } from '../follow/follow-container.ts'
import { followKept, toKeptSource, withEarlier } from '../kept/follow-kept.ts'
import type { StreamRequest } from './log-stream.ts'

/** One container of a stream. */
export interface Source {
  info: LogSource
  events: AsyncGenerator<SourceEvent>
  /** Its next event, when it is here. */
  head: SourceEvent | null
  /** Next line of the head that is not given yet. */
  index: number
  isPulling: boolean
  isOver: boolean
  isLive: boolean
}

/** The containers of a stream, each with its next event as soon as it has come; rings the bell for it. */
export class Sources {
  readonly all: Source[] = []
  readonly #feeds: Feeds
  readonly #request: StreamRequest
  readonly #bell: Bell
  readonly #known = new Set<string>()
  #failure: { error: unknown } | null = null

  constructor(feeds: Feeds, request: StreamRequest, bell: Bell) {
    this.#feeds = feeds
    this.#request = request
    this.#bell = bell
  }

  /** Containers that are new since the last look. */
  join(isCaughtUp: boolean): LogSource[] {
    if (!this.#request.mayGrow && this.#known.size > 0) return []
    const joined: LogSource[] = []
    const { gone = [], signal, after, hasEarlier } = this.#request
    for (const container of isCaughtUp ? [] : gone) {
      if (this.#known.has(container.containerId)) continue
      const id = container.containerId
      const hasOlder = hasEarlier?.(id, null) ?? false
      const options = { tail: this.#request.tail, after: after.get(id), hasOlder, signal }
      joined.push(this.#add(toKeptSource(container, this.all.length), followKept(container, options)))
    }
    for (const container of this.#request.containers()) {
      if (this.#known.has(container.id)) continue
      // Who joins later is new: all of it belongs to the stream.
      const tail = isCaughtUp ? 'all' : this.#request.tail
      const from = after.get(container.id)
      const events = followContainer(this.#feeds, container.id, { tail, after: from, signal })
      const isTail = hasEarlier && tail !== 'all' && !from
      const test = (firstMs: number | null): boolean => hasEarlier?.(container.id, firstMs) ?? false
      joined.push(
        this.#add(
          toSource(container, this.all.length),
          isTail ? withEarlier(events, test, container.createdAtMs) : events,
        ),
      )
    }
    return joined
  }

  #add(info: LogSource, events: AsyncGenerator<SourceEvent>): LogSource {
    this.#known.add(info.containerId)
    this.all.push({
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

  /** Asks each source that has no event here for its next one. Throws what a source failed by. */
  pull(): void {
    for (const source of this.all) this.#pull(source)
    if (this.#failure) throw this.#failure.error
  }

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
        this.#bell.ring()
      },
      (error: unknown) => {
        source.isPulling = false
        source.isOver = true
        this.#failure ??= { error }
        this.#bell.ring()
      },
    )
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.all.map((source) => source.events.return(undefined)))
  }
}

/** How a container is named in a stream of log messages. */
function toSource(container: Container, index: number): LogSource {
  return {
    index,
    containerId: container.id,
    name: container.name,
    service: container.compose?.service ?? '',
    number: container.compose?.number ?? 0,
  }
}

/** Null when there is none, or it has no place in time. */
export function headTime(source: Source): NanoTime | null {
  const { head } = source
  if (head?.kind === 'lines') return head.lines.cursorOf(source.index)
  return head?.kind === 'message' && 'seconds' in head.message ? head.message : null
}

/** Milliseconds of this process's clock; lines of history have waited already. */
export function arrivedAt(source: Source): number {
  const { head } = source
  if (!head || head.kind === 'caught-up') return 0
  return head.kind === 'lines' && head.isHistory ? -Infinity : head.arrivedAtMs
}
