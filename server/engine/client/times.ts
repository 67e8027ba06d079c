import 'server-only'

/** Epoch milliseconds of the Engine's RFC 3339 times; null for its zero time (`0001-01-01T00:00:00Z`) and for none. */
export function epochMs(text: string | undefined): number | null {
  if (!text || text.startsWith('0001-')) return null
  const ms = Date.parse(text)
  return Number.isFinite(ms) ? ms : null
}
