import { compareTimes } from '#lib/logs/nano-time'
import type { LinePlace } from '#lib/logs/place'
import type { LogSession } from '../session/log-session.ts'

/** Position of a line among the rows on screen; -1 where it is not held or not shown. */
export function findLine(session: LogSession, { containerId, cursor }: LinePlace): number {
  const { store, sources } = session
  const source = sources.findIndex((candidate) => candidate.containerId.startsWith(containerId))
  if (source < 0) return -1
  for (let position = 0; position < store.rowCount; position += 1) {
    const id = store.idAt(position)
    if (store.source(id) !== source || store.note(id) || compareTimes(store.time(id), cursor) !== 0) continue
    const line = store.cursor(id)
    if (line.isStderr === cursor.isStderr && line.ordinal === cursor.ordinal) return position
  }
  return -1
}
