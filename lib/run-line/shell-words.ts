import type { LineProblem } from './line-problem.ts'

/** One argument as a POSIX shell would hand it over, and where it stood. */
export interface ShellWord {
  text: string
  start: number
  end: number
}

export interface ShellWords {
  words: ShellWord[]
  problem: LineProblem | null
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\u0007',
  b: '\b',
  e: '\u001b',
  f: '\f',
  v: '\v',
}

/**
 * The words of one command line, read as a POSIX shell does: quotes, backslashes, `$'...'`, continued lines, comments. What only
 * a shell can know (variables, other commands, a home folder) and what would end the command is a problem at its place.
 */
export function splitShellWords(text: string): ShellWords {
  const reader = new WordReader(text)
  return reader.read()
}

class WordReader {
  readonly #text: string
  readonly #words: ShellWord[] = []
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  read(): ShellWords {
    for (;;) {
      this.#skipSpace()
      if (this.#at >= this.#text.length) return { words: this.#words, problem: null }
      const problem = this.#text[this.#at] === '\n' ? this.#newlineProblem() : this.#readWord()
      if (problem) return { words: this.#words, problem }
    }
  }

  #skipSpace(): void {
    for (;;) {
      const character = this.#text[this.#at]
      if (character === '\\' && this.#newlineLength(this.#at + 1) > 0)
        this.#at += 1 + this.#newlineLength(this.#at + 1)
      else if (character === ' ' || character === '\t' || character === '\r') this.#at += 1
      else if (character === '\n' && (this.#words.length === 0 || this.#text.slice(this.#at).trim() === ''))
        this.#at += 1
      else if (character === '#') this.#skipComment()
      else return
    }
  }

  #newlineProblem(): LineProblem {
    const message = 'A new line ends the command: end the line before it with \\ to go on.'
    return problemAt(this.#at, this.#text.length, message)
  }

  #skipComment(): void {
    const end = this.#text.indexOf('\n', this.#at)
    this.#at = end < 0 ? this.#text.length : end
  }

  #newlineLength(at: number): number {
    if (this.#text[at] === '\n') return 1
    return this.#text[at] === '\r' && this.#text[at + 1] === '\n' ? 2 : 0
  }

  #readWord(): LineProblem | null {
    const start = this.#at
    let word = ''
    const first = this.#text[start]
    if (first === '~' && /^~[\w.-]*(?:[/\s]|$)/.test(this.#text.slice(start, start + 64)))
      return problemAt(start, start + 1, 'Only your shell knows what ~ stands for: write the whole path.')
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at] ?? ''
      if (/[ \t\r\n]/.test(character)) break
      const part = this.#readPart(character)
      if (typeof part !== 'string') return part
      word += part
    }
    this.#words.push({ text: word, start, end: this.#at })
    return null
  }

  #readPart(character: string): string | LineProblem {
    const at = this.#at
    switch (character) {
      case "'":
        return this.#readSingleQuotes()
      case '"':
        return this.#readDoubleQuotes()
      case '\\':
        return this.#readEscape()
      case '$':
        return this.#text[at + 1] === "'" ? this.#readDollarQuotes() : this.#readDollar()
      case '`':
        return expansion(at, this.#text, at + 1)
      case ';':
      case '|':
      case '&':
      case '<':
      case '>':
      case '(':
      case ')':
        return problemAt(
          at,
          at + 1,
          `For a shell the command ends at ${character}: write one docker run, or quote it.`,
        )
      default:
        this.#at += 1
        return character
    }
  }

  #readEscape(): string {
    const newline = this.#newlineLength(this.#at + 1)
    if (newline > 0) {
      this.#at += 1 + newline
      return ''
    }
    const character = this.#text[this.#at + 1] ?? ''
    this.#at += 2
    return character
  }

  #readSingleQuotes(): string | LineProblem {
    const end = this.#text.indexOf("'", this.#at + 1)
    if (end < 0) return problemAt(this.#at, this.#text.length, 'This quote is never closed.')
    const inside = this.#text.slice(this.#at + 1, end)
    this.#at = end + 1
    return inside
  }

  #readDoubleQuotes(): string | LineProblem {
    const start = this.#at
    let inside = ''
    this.#at += 1
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at] ?? ''
      if (character === '"') {
        this.#at += 1
        return inside
      }
      if (character === '`') return expansion(this.#at, this.#text, this.#at + 1)
      const part = character === '$' ? this.#readDollar() : this.#readQuotedCharacter(character)
      if (typeof part !== 'string') return part
      inside += part
    }
    return problemAt(start, this.#text.length, 'This quote is never closed.')
  }

  #readQuotedCharacter(character: string): string {
    const next = this.#text[this.#at + 1] ?? ''
    if (
      character === '\\' &&
      ('$`"\\'.includes(next) || this.#newlineLength(this.#at + 1) > 0) &&
      next !== ''
    )
      return this.#readEscape()
    this.#at += 1
    return character
  }

  #readDollar(): string | LineProblem {
    const next = this.#text[this.#at + 1] ?? ''
    if (/[A-Za-z0-9_{(@*#?$!-]/.test(next)) return expansion(this.#at, this.#text, this.#at + 2)
    this.#at += 1
    return '$'
  }

  #readDollarQuotes(): string | LineProblem {
    const start = this.#at
    const bytes: number[] = []
    this.#at += 2
    while (this.#at < this.#text.length) {
      const character = String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0)
      if (character === "'") {
        this.#at += 1
        return new TextDecoder().decode(Uint8Array.from(bytes))
      }
      if (character === '\\') bytes.push(...this.#readCEscape())
      else {
        bytes.push(...new TextEncoder().encode(character))
        this.#at += character.length
      }
    }
    return problemAt(start, this.#text.length, 'This quote is never closed.')
  }

  #readCEscape(): Iterable<number> {
    const rest = this.#text.slice(this.#at + 1, this.#at + 5)
    const octal = /^[0-7]{1,3}/.exec(rest)?.[0]
    const hex = /^x([0-9a-fA-F]{1,2})/.exec(rest)
    if (octal !== undefined || hex !== null) {
      this.#at += 1 + (octal ?? hex?.[0] ?? '').length
      return [octal === undefined ? Number.parseInt(hex?.[1] ?? '0', 16) : Number.parseInt(octal, 8) & 255]
    }
    const name = String.fromCodePoint(this.#text.codePointAt(this.#at + 1) ?? 0)
    this.#at += 1 + name.length
    return new TextEncoder().encode(escapes[name] ?? name)
  }
}

function problemAt(start: number, end: number, message: string): LineProblem {
  return { message, start, end }
}

function expansion(start: number, text: string, end: number): LineProblem {
  const ahead = text.slice(start, start + 80)
  const name = /^(?:`[^`]*`?|\$(?:\w+|\{[^}]*\}?|\([^)]*\)?))/.exec(ahead)?.[0] ?? text.slice(start, end)
  return problemAt(
    start,
    start + name.length,
    `Only your shell knows what ${name} stands for: write the value itself.`,
  )
}
