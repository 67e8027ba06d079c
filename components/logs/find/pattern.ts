/** What is looked for, as somebody typed it. */
export interface Query {
  text: string
  isRegex: boolean
  isCaseSensitive: boolean
}

/** Source and flags of a regular expression. */
export interface Pattern {
  source: string
  flags: string
}

/** The pattern of a query, null for an empty one; what is wrong with it where it is no regular expression. */
export function compileQuery(query: Query): { pattern: Pattern | null; error: string } {
  if (query.text === '') return { pattern: null, error: '' }
  const pattern = {
    source: query.isRegex ? query.text : query.text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
    flags: query.isCaseSensitive ? 'u' : 'iu',
  }
  try {
    void new RegExp(pattern.source, pattern.flags)
    return { pattern, error: '' }
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : ''
    return { pattern: null, error: `Not a regular expression: ${reason}` }
  }
}

const maxRanges = 200

/** Where one of several patterns stands in a text. */
export interface FoundRange {
  start: number
  end: number
  /** 0 what is searched, 1.. the highlights. */
  index: number
}

/** Where patterns stand in a text, each at the first 200 places, in the order of the patterns. */
export function rangesOfAll(text: string, patterns: readonly (Pattern & { index: number })[]): FoundRange[] {
  return patterns.flatMap((pattern) => rangesIn(text, pattern)).slice(0, maxRanges * 2)
}

function rangesIn(text: string, { source, flags, index }: Pattern & { index: number }): FoundRange[] {
  const ranges: FoundRange[] = []
  for (const match of text.matchAll(new RegExp(source, `${flags}g`))) {
    if (match[0].length > 0) ranges.push({ start: match.index, end: match.index + match[0].length, index })
    if (ranges.length >= maxRanges) break
  }
  return ranges
}
