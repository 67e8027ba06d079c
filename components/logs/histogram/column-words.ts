import { levels } from '#lib/logs/level'
import type { Column } from '#lib/logs/search/histogram-columns'
import { formatLocalTime } from '../place/local-time.ts'

/** One or several columns in words: when, how many lines, of them errors and warnings. */
export function columnWords(columns: readonly Column[]): string {
  const [first] = columns
  const last = columns.at(-1)
  if (!first || !last) return ''
  const total = columns.reduce((sum, column) => sum + column.total, 0)
  const serious = (['fatal', 'error', 'warn'] as const).flatMap((name) => {
    const count = columns.reduce((sum, column) => sum + (column.counts[levels.indexOf(name)] ?? 0), 0)
    return count > 0 ? [`${count.toLocaleString('en')} ${name}`] : []
  })
  const lines = `${total.toLocaleString('en')} ${total === 1 ? 'line' : 'lines'}`
  return [
    `${formatLocalTime(first.startMs)} – ${formatLocalTime(last.endMs).slice(11)}`,
    lines,
    ...serious,
  ].join(' · ')
}
