import { formatCursor, type LineCursor, parseCursor } from './cursor.ts'
import type { NanoTime } from './nano-time.ts'

/** One line of one container, as a permalink names it. */
export interface LinePlace {
  /** The first 12 or all 64 digits. */
  containerId: string
  cursor: LineCursor
}

/** `0123456789ab-1763942400.000000042.1.0`: no character of it needs escaping in a URL. */
export function formatLinePlace({ containerId, cursor }: LinePlace): string {
  return `${containerId.slice(0, 12)}-${formatCursor(cursor)}`
}

/** Null for anything that is not a place. */
export function parseLinePlace(text: string): LinePlace | null {
  const [containerId = '', rest = ''] = text.split('-')
  const cursor = parseCursor(rest)
  return cursor && /^[0-9a-f]{12,64}$/.test(containerId) ? { containerId, cursor } : null
}

/** `1763942400.000000042`, as the Engine writes times too. Null for anything else. */
export function parseTime(text: string): NanoTime | null {
  const match = /^(\d{1,11})\.(\d{9})$/.exec(text)
  return match ? { seconds: Number(match[1]), nanos: Number(match[2]) } : null
}
