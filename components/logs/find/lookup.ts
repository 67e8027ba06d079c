import type { FieldFilter } from '#lib/logs/structure/fields'
import { compileQuery, type Pattern, type Query } from './pattern.ts'

/** Everything that is looked for in the lines: what is searched, what stays highlighted, which fields are wanted. */
export interface Lookup {
  query: Query
  highlights: readonly Query[]
  fields: readonly FieldFilter[]
}

/** A lookup ready to be run: patterns with their marks. */
export interface CompiledLookup {
  patterns: MarkedPattern[]
  fields: readonly FieldFilter[]
}

export interface MarkedPattern extends Pattern {
  /** Bit of `line-marks.ts`. */
  mark: number
  /** 0 what is searched, 1.. the highlights. */
  index: number
  isRegex: boolean
}

/** `error` says what is wrong with the first pattern that is none. */
export function compileLookup({ query, highlights, fields }: Lookup): {
  lookup: CompiledLookup
  error: string
} {
  const patterns: MarkedPattern[] = []
  let error = ''
  for (const [index, one] of [query, ...highlights].entries()) {
    const compiled = compileQuery(one)
    error ||= compiled.error
    if (compiled.pattern)
      patterns.push({ ...compiled.pattern, mark: 1 << index, index, isRegex: one.isRegex })
  }
  return { lookup: { patterns, fields }, error }
}
