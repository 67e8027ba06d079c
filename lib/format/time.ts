const secondMs = 1000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** How long ago, in one unit a person would say: `now`-like spans are `0 s`; then `40 s`, `5 min`, `2 h`, `3 days`, `5 weeks`, `2 years`. */
export function formatAge(ms: number): string {
  if (!Number.isFinite(ms)) return '–'
  const span = Math.max(0, ms)
  if (span < minuteMs) return `${Math.floor(span / secondMs)} s`
  if (span < hourMs) return `${Math.floor(span / minuteMs)} min`
  if (span < 2 * dayMs) return `${Math.floor(span / hourMs)} h`
  if (span < 21 * dayMs) return `${Math.floor(span / dayMs)} days`
  if (span < 90 * dayMs) return `${Math.floor(span / (7 * dayMs))} weeks`
  if (span < 730 * dayMs) return `${Math.floor(span / (30.44 * dayMs))} months`
  return `${Math.floor(span / (365.25 * dayMs))} years`
}

/** A short span to the tenth: `350 ms`, `3.1 s`, `4 min 10 s`, `2 h 5 min`. */
export function formatSpan(ms: number): string {
  if (!Number.isFinite(ms) || ms < 0) return '–'
  if (ms < secondMs) return `${Math.round(ms)} ms`
  if (ms < 10 * secondMs) return `${Number((ms / secondMs).toFixed(1))} s`
  if (ms < minuteMs) return `${Math.round(ms / secondMs)} s`
  if (ms < hourMs) return joined(ms, minuteMs, 'min', secondMs, 's')
  if (ms < dayMs) return joined(ms, hourMs, 'h', minuteMs, 'min')
  return joined(ms, dayMs, ms < 2 * dayMs ? 'day' : 'days', hourMs, 'h')
}

function joined(ms: number, bigMs: number, bigWord: string, smallMs: number, smallWord: string): string {
  const big = Math.floor(ms / bigMs)
  const small = Math.floor((ms - big * bigMs) / smallMs)
  return small === 0 ? `${big} ${bigWord}` : `${big} ${bigWord} ${small} ${smallWord}`
}

/** `14:02:11` in the reader's own time zone. */
export function formatClock(atMs: number): string {
  const at = new Date(atMs)
  return [at.getHours(), at.getMinutes(), at.getSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':')
}
