import { compareTimes } from '#lib/logs/nano-time'
import type { LinePlace } from '#lib/logs/place'
import type { LogSession } from '../session/log-session.ts'

/** The id of a line, folded away or not; -1 where it is not held. */
export function findLine(session: LogSession, { containerId, cursor }: LinePlace): number {
  const { store, sources } = session
  const source = sources.findIndex((candidate) => candidate.containerId.startsWith(containerId))
  if (source < 0) return -1
  return store.findHeld((id) => {
    if (store.source(id) !== source || store.note(id) || compareTimes(store.time(id), cursor) !== 0)
      return false
    const line = store.cursor(id)
    return line.isStderr === cursor.isStderr && line.ordinal === cursor.ordinal
  })
}
