import { z } from 'zod'
import { levels } from '../level.ts'
import { type LogQuery, maxQueryText } from './query.ts'

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
