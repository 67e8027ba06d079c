import 'server-only'
import { type Container, isAlive } from '#lib/docker/containers/container'
import { compareTimes, fromMs, type NanoTime } from '#lib/logs/nano-time'
import type { LogMarker } from '#lib/logs/wire'

type Marker = Omit<LogMarker, 'source'>

/** Where a marker stands: the model knows milliseconds only, so never before the last line that came. */
export function markerTime(epochMs: number, last: NanoTime | null): NanoTime {
  const time = fromMs(epochMs)
  return last && compareTimes(time, last) < 0 ? { seconds: last.seconds, nanos: last.nanos } : time
}

/** What happened between two looks at a container, as markers in their order. */
export function markersBetween(before: Container, now: Container, last: NanoTime | null): Marker[] {
  const markers: Marker[] = []
  const hasNewStart = now.startedAtMs !== null && now.startedAtMs !== before.startedAtMs
  const hasNewEnd = now.finishedAtMs !== null && now.finishedAtMs !== before.finishedAtMs
  if (hasNewEnd && isAlive(before)) markers.push(exitMarker(now, last, !isAlive(now)))
  if (hasNewStart) markers.push(startMarker(now))
  if (before.state === 'running' && now.state === 'paused') markers.push(plain('paused', last))
  if (before.state === 'paused' && now.state === 'running' && !hasNewStart)
    markers.push(plain('resumed', last))
  // The Engine calls what it stops unhealthy; that says nothing about the program.
  const hasNewHealth = now.state === 'running' && now.health !== before.health
  if (hasNewHealth && (now.health === 'healthy' || now.health === 'unhealthy'))
    markers.push(plain(now.health, last))
  return markers
}

/** The end of a container that does not run, as a viewer who comes later finds it. Null while it runs or never ran. */
export function lastExit(container: Container, last: NanoTime | null): Marker | null {
  if (isAlive(container) || container.finishedAtMs === null || container.startedAtMs === null) return null
  return exitMarker(container, last, true)
}

/** Where the current or last run began, to be put among the lines by its time. */
export function lastStart(container: Container): Marker | null {
  return container.startedAtMs === null ? null : startMarker(container)
}

function startMarker(container: Container): Marker {
  // Lines of the new run may have come before the model knew: a start stands where it was.
  const time = fromMs(container.startedAtMs ?? Date.now())
  return { type: 'marker', kind: 'started', ...time, restartCount: container.restartCount }
}

function exitMarker(container: Container, last: NanoTime | null, isCodeKnown: boolean): Marker {
  const marker: Marker = {
    type: 'marker',
    kind: 'exited',
    ...markerTime(container.finishedAtMs ?? Date.now(), last),
  }
  if (isCodeKnown && container.exitCode !== null) marker.exitCode = container.exitCode
  if (isCodeKnown && container.isOutOfMemory) marker.isOutOfMemory = true
  return marker
}

function plain(kind: LogMarker['kind'], last: NanoTime | null): Marker {
  return { type: 'marker', kind, ...markerTime(Date.now(), last) }
}
