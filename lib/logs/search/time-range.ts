/** A stretch of time that a log is looked at in: the last while before now, or from and to (null: open). */
export type TimeRange = { last: RangePreset } | { sinceMs: number | null; untilMs: number | null }

export const rangePresets = ['5m', '15m', '1h', '6h', '24h', '7d'] as const
export type RangePreset = (typeof rangePresets)[number]

const presetMs: Record<RangePreset, number> = {
  '5m': 300_000,
  '15m': 900_000,
  '1h': 3_600_000,
  '6h': 21_600_000,
  '24h': 86_400_000,
  '7d': 604_800_000,
}

export const presetWords: Record<RangePreset, string> = {
  '5m': 'Last 5 minutes',
  '15m': 'Last 15 minutes',
  '1h': 'Last hour',
  '6h': 'Last 6 hours',
  '24h': 'Last 24 hours',
  '7d': 'Last 7 days',
}

/** The bounds of a range in epoch milliseconds, both inclusive. */
export function boundsOf(
  range: TimeRange | null,
  nowMs: number,
): { sinceMs: number | null; untilMs: number | null } {
  if (!range) return { sinceMs: null, untilMs: null }
  return 'last' in range ? { sinceMs: nowMs - presetMs[range.last], untilMs: null } : range
}

/** `last=15m`, or `since=` and `until=` in epoch milliseconds. Null where the URL names no range. */
export function readRange(params: URLSearchParams): TimeRange | null {
  const last = rangePresets.find((preset) => preset === params.get('last'))
  if (last) return { last }
  const bound = (name: string): number | null => {
    const text = params.get(name) ?? ''
    return /^\d{1,15}$/.test(text) ? Number(text) : null
  }
  const [sinceMs, untilMs] = [bound('since'), bound('until')]
  return sinceMs === null && untilMs === null ? null : { sinceMs, untilMs }
}

/** The inverse of `readRange`: the parameters to set; the others of the three are to be removed. */
export function rangeToParams(range: TimeRange | null): Record<string, string> {
  if (!range) return {}
  if ('last' in range) return { last: range.last }
  return {
    ...(range.sinceMs === null ? {} : { since: String(range.sinceMs) }),
    ...(range.untilMs === null ? {} : { until: String(range.untilMs) }),
  }
}
