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

/** Where a pattern stands in a text, the first 200 places. */
export function rangesIn(text: string, { source, flags }: Pattern): [number, number][] {
  const ranges: [number, number][] = []
  for (const match of text.matchAll(new RegExp(source, `${flags}g`))) {
    if (match[0].length > 0) ranges.push([match.index, match.index + match[0].length])
    if (ranges.length >= maxRanges) break
  }
  return ranges
}
