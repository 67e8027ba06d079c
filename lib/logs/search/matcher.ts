import { stripAnsi } from '../ansi.ts'
import { detectLevel, levels } from '../level.ts'
import { lineFlags } from '../line-assembler.ts'
import { compilePattern, isLineSafe, requiredLiteral } from './pattern.ts'
import type { LogQuery } from './query.ts'

/** The lines of one batch that are hits: their indexes, ascending, and their levels (indexes of `levels`). */
export interface Hits {
  indexes: number[]
  levels: number[]
}

/** What of lines in columns is looked at: a `LineBatch`, or a chunk of the archive. */
export interface MatchableLines {
  readonly count: number
  readonly seconds: ArrayLike<number>
  readonly nanos: ArrayLike<number>
  readonly flags: ArrayLike<number>
  /** Where they are known already. */
  readonly levels?: ArrayLike<number>
  /** All texts with `\n` between them. */
  text: () => string
}

const shortestLiteral = 2

/**
 * Finds the lines of a batch that a query asks for. The text is compared without escape sequences, line by line; a whole
 * batch is looked through at once for what a match must contain before any line is looked at for itself.
 */
export class LineMatcher {
  readonly #query: LogQuery
  /** Tests one line; null: every line matches. */
  readonly #exact: RegExp | null
  /** Finds places in a text of many lines; the lines without one do not match. Null: every line must be tested. */
  readonly #scan: RegExp | null
  readonly #levels: ReadonlySet<number> | null

  /** Throws when the query's text is not a regular expression. */
  constructor(query: LogQuery) {
    const { pattern, error } = compilePattern(query)
    if (error) throw new Error(error)
    this.#query = query
    this.#exact = pattern && new RegExp(pattern.source, pattern.flags)
    this.#scan = pattern && scanner(pattern)
    this.#levels =
      query.levels.length === 0 ? null : new Set(query.levels.map((level) => levels.indexOf(level)))
  }

  match(batch: MatchableLines): Hits {
    const hits: Hits = { indexes: [], levels: [] }
    if (batch.count === 0) return hits
    if (!this.#exact && batch.levels) return this.#matchByColumns(batch, batch.levels)
    const raw = batch.text()
    const text = raw.includes('\u001b') ? raw.split('\n').map(stripAnsi).join('\n') : raw
    const accept = (index: number, start: number, end: number): void => {
      if (!this.#isWanted(batch, index)) return
      const level = batch.levels?.[index] ?? detectLevel(text.slice(start, end))
      if (this.#levels && !this.#levels.has(level)) return
      hits.indexes.push(index)
      hits.levels.push(level)
    }
    if (this.#query.isInverted && this.#exact) this.#eachOther(text, accept)
    else this.#eachMatch(text, accept)
    return hits
  }

  /** No text is looked for: none is decoded. */
  #matchByColumns(batch: MatchableLines, known: ArrayLike<number>): Hits {
    const hits: Hits = { indexes: [], levels: [] }
    for (let index = 0; index < batch.count; index += 1) {
      const level = known[index] ?? 0
      if ((this.#levels && !this.#levels.has(level)) || !this.#isWanted(batch, index)) continue
      hits.indexes.push(index)
      hits.levels.push(level)
    }
    return hits
  }

  #isWanted(batch: MatchableLines, index: number): boolean {
    const { stream, sinceMs, untilMs } = this.#query
    if (stream !== 'all' && (((batch.flags[index] ?? 0) & lineFlags.stderr) !== 0) !== (stream === 'stderr'))
      return false
    if (sinceMs === null && untilMs === null) return true
    const ms = (batch.seconds[index] ?? 0) * 1000 + Math.floor((batch.nanos[index] ?? 0) / 1_000_000)
    return (sinceMs === null || ms >= sinceMs) && (untilMs === null || ms <= untilMs)
  }

  #eachMatch(text: string, accept: EachLine): void {
    const exact = this.#exact
    if (!exact) eachLine(text, accept)
    else if (!this.#scan)
      eachLine(text, (index, start, end) => {
        if (exact.test(text.slice(start, end))) accept(index, start, end)
      })
    else this.#eachScanned(text, this.#scan, exact, accept)
  }

  #eachOther(text: string, accept: EachLine): void {
    const matching = new Set<number>()
    this.#eachMatch(text, (index) => matching.add(index))
    eachLine(text, (index, start, end) => {
      if (!matching.has(index)) accept(index, start, end)
    })
  }

  #eachScanned(text: string, scan: RegExp, exact: RegExp, accept: EachLine): void {
    let index = 0
    let start = 0
    let end = endOfLine(text, 0)
    scan.lastIndex = 0
    for (let found = scan.exec(text); found; found = scan.exec(text)) {
      while (end < found.index) {
        index += 1
        start = end + 1
        end = endOfLine(text, start)
      }
      if (exact.test(text.slice(start, end))) accept(index, start, end)
      if (end >= text.length) return
      index += 1
      start = end + 1
      end = endOfLine(text, start)
      scan.lastIndex = start
    }
  }
}

type EachLine = (index: number, start: number, end: number) => void

function scanner({ source, flags }: { source: string; flags: string }): RegExp | null {
  if (isLineSafe(source)) return new RegExp(source, `${flags}gm`)
  const literal = requiredLiteral(source)
  if (literal.length < shortestLiteral) return null
  return new RegExp(literal.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'), `${flags}g`)
}

function eachLine(text: string, each: EachLine): void {
  let start = 0
  for (let index = 0; ; index += 1) {
    const end = endOfLine(text, start)
    each(index, start, end)
    if (end >= text.length) return
    start = end + 1
  }
}

function endOfLine(text: string, start: number): number {
  const newline = text.indexOf('\n', start)
  return newline < 0 ? text.length : newline
}
