import type { Level } from '../level.ts'

/** What a line must be to be a hit. An empty text lets every line through. */
export interface LogQuery {
  text: string
  isRegex: boolean
  isCaseSensitive: boolean
  /** The hits are the lines that do not match the text. */
  isInverted: boolean
  /** Empty: all. */
  levels: readonly Level[]
  stream: 'all' | 'stdout' | 'stderr'
  /** Epoch milliseconds, inclusive; null: no bound. */
  sinceMs: number | null
  /** Epoch milliseconds, inclusive of that whole millisecond. */
  untilMs: number | null
}

export const everyLine: LogQuery = {
  text: '',
  isRegex: false,
  isCaseSensitive: false,
  isInverted: false,
  levels: [],
  stream: 'all',
  sinceMs: null,
  untilMs: null,
}

/** Longest text of a search, in UTF-16 units. */
export const maxQueryText = 1_000

/** The inverse of `queryFromParams` (query-request.ts): only what is not the standard. */
export function queryToParams(query: LogQuery): Record<string, string> {
  return {
    ...(query.text ? { q: query.text } : {}),
    ...(query.isRegex ? { regex: '1' } : {}),
    ...(query.isCaseSensitive ? { case: '1' } : {}),
    ...(query.isInverted ? { invert: '1' } : {}),
    ...(query.levels.length > 0 ? { levels: query.levels.join() } : {}),
    ...(query.stream === 'all' ? {} : { stream: query.stream }),
    ...(query.sinceMs === null ? {} : { since: String(query.sinceMs) }),
    ...(query.untilMs === null ? {} : { until: String(query.untilMs) }),
  }
}
