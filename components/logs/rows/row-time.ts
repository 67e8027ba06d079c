import type { TimeMode } from '../view/view-url.ts'

const two = (value: number, length = 2): string => String(value).padStart(length, '0')

/** A line's time as its column shows it, to the millisecond. */
export function formatRowTime(epochMs: number, mode: TimeMode): string {
  const at = new Date(epochMs)
  if (mode === 'utc') return at.toISOString().replace('T', ' ')
  const clock = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${two(at.getMilliseconds(), 3)}`
  return mode === 'time'
    ? clock
    : `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${clock}`
}
