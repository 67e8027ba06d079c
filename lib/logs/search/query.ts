import { z } from 'zod'
import { type Level, levels } from '../level.ts'

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

const flag = z.enum(['0', '1']).default('0')
const timeMs = z.coerce.number().int().min(0).max(8_640_000_000_000_000)

/** The query as it stands in a URL: `q`, `regex=1`, `case=1`, `invert=1`, `levels=warn,error`, `stream=stderr`, `since=`, `until=`. */
export const logQueryParams = z.object({
  q: z.string().max(maxQueryText).default(''),
  regex: flag,
  case: flag,
  invert: flag,
  levels: z
    .string()
    .default('')
    .transform((text) => text.split(',').filter(Boolean))
    .pipe(z.array(z.enum(levels))),
  stream: z.enum(['all', 'stdout', 'stderr']).default('all'),
  since: timeMs.optional(),
  until: timeMs.optional(),
})

export function queryFromParams(params: z.infer<typeof logQueryParams>): LogQuery {
  return {
    text: params.q,
    isRegex: params.regex === '1',
    isCaseSensitive: params.case === '1',
    isInverted: params.invert === '1',
    levels: params.levels,
    stream: params.stream,
    sinceMs: params.since ?? null,
    untilMs: params.until ?? null,
  }
}

/** The inverse of `queryFromParams`: only what is not the standard. */
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
