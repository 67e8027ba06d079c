import type { Bench } from './bench.ts'

/** One line of the table: what one thing cost, in each round, beside what it is held against in the same run. */
export interface Row {
  /** In the words of the table, e.g. `logs, Engine to client, 1M lines`. */
  what: string
  /** Unit of `values` and the yardstick, e.g. `ms`, `lines/s`, `MB`; empty for plain counts. */
  unit: string
  /** One value a round, or one a sample where `spread` says so. */
  values: number[]
  /** The same thing done in another way in the same run. */
  yardstick?: { name: string; values: number[] }
  target?: Target
  /** What a reader must know to judge the number. */
  note?: string
}

export interface Target {
  /** As the table says it, e.g. `<= 15 B`. */
  text: string
  isMet: (row: Figures) => boolean
}

/** What the rounds of a row say together. */
export interface Figures {
  median: number
  min: number
  max: number
  p95: number
  /** Median of the yardstick, or null. */
  yardstick: number | null
  /** Median over the yardstick's median, or null. */
  ratio: number | null
}

/** Measures one thing, in `bench.rounds()` rounds, and leaves nothing behind but what `bench` removes at the end. */
export type Measure = (bench: Bench) => Promise<Row[]>

export function figures(row: Row): Figures {
  const sorted = [...row.values].sort((a, b) => a - b)
  const yardstick = row.yardstick ? median(row.yardstick.values) : null
  return {
    median: median(row.values),
    min: sorted[0] ?? Number.NaN,
    max: sorted.at(-1) ?? Number.NaN,
    p95: quantile(row.values, 0.95),
    yardstick,
    ratio: yardstick === null ? null : median(row.values) / yardstick,
  }
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** The smallest value that at least this share of the values does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

export const atMost = (limit: number, unit = ''): Target => ({
  text: `<= ${limit}${unit && ` ${unit}`}`,
  isMet: ({ median: value }) => value <= limit,
})

export const atLeast = (limit: number, unit = ''): Target => ({
  text: `>= ${limit}${unit && ` ${unit}`}`,
  isMet: ({ median: value }) => value >= limit,
})

export const p95AtMost = (limit: number, unit = ''): Target => ({
  text: `p95 <= ${limit}${unit && ` ${unit}`}`,
  isMet: ({ p95 }) => p95 <= limit,
})

/** Held in every round, not only in the median. */
export const neverOver = (limit: number, unit = ''): Target => ({
  text: `never > ${limit}${unit && ` ${unit}`}`,
  isMet: ({ max }) => max <= limit,
})

export const ratioAtLeast = (limit: number): Target => ({
  text: `>= ${limit} x`,
  isMet: ({ ratio }) => ratio !== null && ratio >= limit,
})

export const ratioAtMost = (limit: number): Target => ({
  text: `<= ${limit} x`,
  isMet: ({ ratio }) => ratio !== null && ratio <= limit,
})
