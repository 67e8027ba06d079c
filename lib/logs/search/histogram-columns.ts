import { levels } from '../level.ts'
import type { LevelCounts } from './histogram.ts'

export interface Column {
  startMs: number
  /** Exclusive. */
  endMs: number
  /** By index of `levels`. */
  counts: number[]
  total: number
}

/** The counts as columns of one width over the whole range, empty ones too: a whole number of buckets each, at most `maxColumns`. */
export function toColumns(counts: LevelCounts, maxColumns: number): Column[] {
  const [first] = counts.buckets
  const last = counts.buckets.at(-1)
  if (!first || !last || counts.widthMs <= 0) return []
  const bucketCount = Math.round((last[0] - first[0]) / counts.widthMs) + 1
  const widthMs = counts.widthMs * Math.ceil(bucketCount / Math.max(1, maxColumns))
  const startMs = Math.floor(first[0] / widthMs) * widthMs
  const columnCount = Math.floor((last[0] - startMs) / widthMs) + 1
  const columns = Array.from({ length: columnCount }, (_, index): Column => {
    const columnStartMs = startMs + index * widthMs
    return {
      startMs: columnStartMs,
      endMs: columnStartMs + widthMs,
      counts: levels.map(() => 0),
      total: 0,
    }
  })
  for (const [bucketMs, byLevel] of counts.buckets) {
    const column = columns[Math.floor((bucketMs - startMs) / widthMs)]
    if (!column) continue
    byLevel.forEach((count, level) => {
      column.counts[level] = (column.counts[level] ?? 0) + count
      column.total += count
    })
  }
  return columns
}
