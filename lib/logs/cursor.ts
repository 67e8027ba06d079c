import { compareTimes, type NanoTime } from './nano-time.ts'

/**
 * Which line of a container: its time, its stream, and which one among those of that stream with exactly this time.
 * Lines have no number at the Engine; within one stream times never repeat except for this.
 */
export interface LineCursor extends NanoTime {
  isStderr: boolean
  ordinal: number
}

/** `1763942400.000000042.1.0`: seconds, nanoseconds, stream (0 stdout, 1 stderr), ordinal. */
export function formatCursor(cursor: LineCursor): string {
  const nanos = String(cursor.nanos).padStart(9, '0')
  return `${cursor.seconds}.${nanos}.${cursor.isStderr ? 1 : 0}.${cursor.ordinal}`
}

/** Null for anything that is not a cursor. */
export function parseCursor(text: string): LineCursor | null {
  const match = /^(\d{1,11})\.(\d{9})\.([01])\.(\d{1,9})$/.exec(text)
  if (!match) return null
  const [, seconds, nanos, stream, ordinal] = match
  return {
    seconds: Number(seconds),
    nanos: Number(nanos),
    isStderr: stream === '1',
    ordinal: Number(ordinal),
  }
}

/** Cursors by container id (64 hex digits), as one text: an event's `id:` in a merged stream. */
export function formatCursors(cursors: ReadonlyMap<string, LineCursor>): string {
  return [...cursors].map(([id, cursor]) => `${id}:${formatCursor(cursor)}`).join(',')
}

/** Reads `formatCursors`; null when any part is not right. */
export function parseCursors(text: string): Map<string, LineCursor> | null {
  const cursors = new Map<string, LineCursor>()
  for (const part of text.split(',').filter(Boolean)) {
    const [id = '', rest = ''] = part.split(':')
    const cursor = parseCursor(rest)
    if (!/^[0-9a-f]{12,64}$/.test(id) || !cursor) return null
    cursors.set(id, cursor)
  }
  return cursors
}

/**
 * Where a line stands to a cursor of its container: negative before it, 0 the cursor's line itself, positive behind it.
 * Only lines of the same stream are strictly ordered; for the other stream this is the order of time.
 */
export function compareCursors(a: LineCursor, b: LineCursor): number {
  return compareTimes(a, b) || (a.isStderr === b.isStderr ? a.ordinal - b.ordinal : 0)
}
