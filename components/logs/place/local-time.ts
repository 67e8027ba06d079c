const two = (value: number, length = 2): string => String(value).padStart(length, '0')

/** A moment as people write it here: `2026-11-24 22:05:07`. */
export function formatLocalTime(epochMs: number): string {
  const at = new Date(epochMs)
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`
}

/** Reads `2026-11-24 22:05[:07[.123]]` as local time, and RFC 3339 with its zone. Null for anything else. */
export function parseLocalTime(text: string): number | null {
  const trimmed = text.trim()
  if (!/^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)?$/.test(trimmed)) return null
  const ms = Date.parse(trimmed.replace(' ', 'T'))
  return Number.isNaN(ms) || ms < 0 ? null : ms
}
