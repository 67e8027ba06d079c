/** A share of one core or of a limit: `0.4 %`, `11 %`, `230 %`. */
export function formatPercent(percent: number): string {
  if (!Number.isFinite(percent) || percent < 0) return '–'
  return `${percent < 9.95 ? percent.toFixed(1) : Math.round(percent)} %`
}
