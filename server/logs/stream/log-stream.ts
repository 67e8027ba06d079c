import 'server-only'
import type { HistoryContainer } from '#lib/api/history'
import type { Container } from '#lib/docker/containers/container'
import type { LineCursor } from '#lib/logs/cursor'
import type { Feeds } from '../follow/feeds.ts'
import { Merge } from './merge.ts'
import type { StreamItem } from './stream-item.ts'

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
