/** A text or a regular expression to look for, as JavaScript runs it. */
export interface Pattern {
  source: string
  flags: string
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

/** The pattern of a query, or why it is none, in words. Null for an empty text. */
export function compilePattern(query: { text: string; isRegex: boolean; isCaseSensitive: boolean }): {
  pattern: Pattern | null
  error: string
} {
  if (query.text === '') return { pattern: null, error: '' }
  const source = query.isRegex ? query.text : escape(query.text)
  const caseFlag = query.isCaseSensitive ? '' : 'i'
  // Unicode first; without it JavaScript forgives `\-` and the like, as people write them for grep.
  const unicode = tryCompile(source, `${caseFlag}u`)
  if (unicode === null) return { pattern: { source, flags: `${caseFlag}u` }, error: '' }
  const plain = tryCompile(source, caseFlag)
  if (plain === null) return { pattern: { source, flags: caseFlag }, error: '' }
  return { pattern: null, error: `Not a regular expression: ${unicode}` }
}

function tryCompile(source: string, flags: string): string | null {
  try {
    void new RegExp(source, flags)
    return null
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    return words.replace(/^Invalid regular expression: /, '')
  }
}

/**
 * What could match a line end or look across one: negated and escaped classes, code point escapes, negative lookaround,
 * changed flags. A pattern without any of these finds in a text of many lines the lines that it finds one by one.
 */
const acrossLines = /\[\^|\\[sWDPpnvfxuc]|\\[tr0]-|\n|\(\?<?!|\(\?[ims-]/

export function isLineSafe(source: string): boolean {
  return !acrossLines.test(source)
}

/** The longest run of plain characters that every match contains, or empty. Reads the top level of the pattern only. */
export function requiredLiteral(source: string): string {
  let best = ''
  let run = ''
  const endRun = (): void => {
    if (run.length > best.length) best = run
    run = ''
  }
  for (let at = 0; at < source.length; at += 1) {
    const character = source[at] ?? ''
    if (character === '|') return ''
    if (character === '(' || character === '[') {
      endRun()
      at = endOfGroup(source, at)
      if (at < 0) return ''
      continue
    }
    if ('?*{'.includes(character)) {
      // The character before may be missing.
      run = run.slice(0, -1)
      endRun()
      if (character !== '{') continue
      const count = /^\{\d+(?:,\d*)?\}/.exec(source.slice(at))
      if (!count) return ''
      at += count[0].length - 1
      continue
    }
    if (character === '\\') {
      at += 1
      const escaped = source[at] ?? ''
      if (/[A-Za-z0-9]/.test(escaped)) {
        endRun()
        // `\u{1F600}`, `\p{L}`, `\k<name>`, `\x41`: what follows belongs to it or is lost with it; neither is required then.
        if (/[upPkxc]/.test(escaped)) return best
      } else run += escaped
      continue
    }
    if ('.^$+)]}'.includes(character) || /[\ud800-\udfff]/.test(character)) endRun()
    else run += character
  }
  endRun()
  return best
}

/** Index of the bracket that closes the group or class at `start`; -1 when there is none. */
function endOfGroup(source: string, start: number): number {
  let depth = 0
  let isInClass = false
  for (let at = start; at < source.length; at += 1) {
    const character = source[at]
    if (character === '\\') at += 1
    else if (isInClass) {
      if (character === ']') isInClass = false
      if (character === ']' && depth === 0) return at
    } else if (character === '[') isInClass = true
    else if (character === '(') depth += 1
    else if (character === ')') {
      depth -= 1
      if (depth === 0) return at
    }
  }
  return -1
}
