/** Which rules of a .dockerignore match a path: of a folder, the start for what is in it. */
export interface IgnoreMatch {
  isLeftOut: boolean
  byRule: readonly boolean[]
}

type Token =
  | { kind: 'char'; char: string }
  | { kind: 'one' | 'name' | 'folders' | 'rest' }
  | { kind: 'class'; isNegated: boolean; ranges: readonly (readonly [from: string, to: string])[] }

interface Rule {
  isException: boolean
  tokens: readonly Token[]
}

/**
 * A .dockerignore, read and applied as BuildKit does: rules in their order, the last one that matches decides, and what matches a
 * folder matches all in it. In linear time: no regular expression is made of what the file says. Source: moby/patternmatcher.
 */
export class DockerIgnore {
  readonly #rules: readonly Rule[]

  constructor(text: string) {
    this.#rules = text
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/)
      .flatMap(readRule)
  }

  /** True when a folder that is left out may still hold something that is sent. */
  get hasExceptions(): boolean {
    return this.#rules.some(({ isException }) => isException)
  }

  /** `path` is relative to the context, with `/`; `parent` is the match of the folder it is in, null at the top. */
  match(path: string, parent: IgnoreMatch | null): IgnoreMatch {
    const byRule = this.#rules.map(
      ({ tokens }, index) => parent?.byRule[index] === true || matches(tokens, path),
    )
    const last = byRule.lastIndexOf(true)
    return { isLeftOut: last >= 0 && this.#rules[last]?.isException === false, byRule }
  }
}

function readRule(line: string): Rule[] {
  if (line.startsWith('#')) return []
  const text = line.trim()
  const isException = text.startsWith('!')
  const pattern = cleanPath(isException ? text.slice(1).trim() : text)
  const tokens = pattern === '' ? null : readTokens(pattern)
  return tokens === null ? [] : [{ isException, tokens }]
}

/** Go's `filepath.Clean` without a slash in front; empty for the context itself, which no rule can leave out. */
function cleanPath(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else if (part === '..' && path.startsWith('/')) continue
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.join('/')
}

/** Null for a pattern that Docker refuses. */
function readTokens(pattern: string): Token[] | null {
  const tokens: Token[] = []
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern.charAt(at)
    if (char === '*' && pattern[at + 1] === '*') {
      at += pattern[at + 2] === '/' ? 2 : 1
      tokens.push({ kind: at + 1 >= pattern.length ? 'rest' : 'folders' })
    } else if (char === '*') tokens.push({ kind: 'name' })
    else if (char === '?') tokens.push({ kind: 'one' })
    else if (char === '[') {
      const end = pattern.indexOf(']', at + 2)
      if (end < 0) return null
      tokens.push(readClass(pattern.slice(at + 1, end)))
      at = end
    } else if (char === '\\' && at + 1 < pattern.length) {
      at += 1
      tokens.push({ kind: 'char', char: pattern.charAt(at) })
    } else tokens.push({ kind: 'char', char })
  }
  return tokens
}

function readClass(text: string): Token {
  const isNegated = text.startsWith('^')
  const ranges = [...(isNegated ? text.slice(1) : text).matchAll(/\\?([\s\S])(?:-\\?([\s\S]))?/g)].map(
    ([, from = '', to = from]) => [from, to] as const,
  )
  return { kind: 'class', isNegated, ranges }
}

/** Follows every way through the pattern at once, character by character. */
function matches(tokens: readonly Token[], path: string): boolean {
  let ways = new Set<number>()
  enter(ways, tokens, 0)
  for (const char of path) {
    const next = new Set<number>()
    for (const at of ways) step(next, tokens, at, char)
    if (next.size === 0) return false
    ways = next
  }
  return ways.has(tokens.length)
}

/** A way that comes to a token; where the token may stand for nothing, the one behind it too. */
function enter(ways: Set<number>, tokens: readonly Token[], at: number): void {
  ways.add(at)
  const kind = tokens[at]?.kind
  if (kind === 'name' || kind === 'folders' || kind === 'rest') enter(ways, tokens, at + 1)
}

function step(next: Set<number>, tokens: readonly Token[], at: number, char: string): void {
  const token = tokens[at]
  switch (token?.kind) {
    case undefined:
      return
    case 'rest':
      return enter(next, tokens, at)
    case 'name':
      if (char !== '/') enter(next, tokens, at)
      return
    case 'folders':
      // Within a folder's name there is no way out but its end.
      next.add(at)
      if (char === '/') enter(next, tokens, at + 1)
      return
    case 'one':
      if (char !== '/') enter(next, tokens, at + 1)
      return
    case 'char':
      if (char === token.char) enter(next, tokens, at + 1)
      return
    case 'class':
      if (token.ranges.some(([from, to]) => from <= char && char <= to) !== token.isNegated)
        enter(next, tokens, at + 1)
      return
    default:
      token satisfies never
  }
}
