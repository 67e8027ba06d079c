import 'server-only'
import type { Container } from '#lib/docker/containers/container'
import type { NanoTime } from '#lib/logs/nano-time'
import type { EngineStream } from '#server/engine/client/stream-body'

export interface OpenLogs {
  /** Messages from the end, as the Engine counts them; `all` reads from the start. */
  tail: number | 'all'
  /** Epoch seconds; the Engine scans the log from its start for this: only where `tail` cannot do. */
  sinceSeconds?: number
  /** The Engine stops reading there; it counts `tail` from the end before, so only together with `all`. */
  until?: NanoTime
  isFollowing: boolean
}

/** What the log streams need of the Engine. `live-log-engine.ts` is the real one. */
export interface LogEngine {
  /**
   * `GET /containers/{id}/logs?stdout=1&stderr=1&timestamps=1`. The stream ends when `signal` aborts. Rejects with
   * `container_not_found`, and with `UnreadableLogs` where the logging driver cannot be read.
   */
  open: (containerId: string, options: OpenLogs, signal: AbortSignal) => Promise<EngineStream>
  /** From the live model; null when there is no such container. */
  container: (containerId: string) => Container | null
  containers: () => Container[]
  /** False while the Engine is away and the model only remembers. */
  isConnected: () => boolean
  /** Calls back after every change of the live model; returns how to stop. */
  watch: (listener: () => void) => () => void
}

/** The container's logging driver keeps nothing that could be read (`none`, `syslog` ...). */
export class UnreadableLogs extends Error {
  readonly code = 'logs_unreadable'
  readonly driver: string

  constructor(driver: string) {
    super(`The logging driver “${driver}” cannot be read.`)
    this.name = 'UnreadableLogs'
    this.driver = driver
  }
}

/** The driver's name if `error` is an `UnreadableLogs` of whichever copy of this module, else null. */
export function unreadableDriver(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('driver' in error) || !('code' in error)) return null
  return error.code === 'logs_unreadable' && typeof error.driver === 'string' ? error.driver : null
}
