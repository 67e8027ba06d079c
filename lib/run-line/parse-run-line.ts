import type { LineProblem } from './line-problem.ts'
import { readDraft, type RunDraft, setField } from './run-draft.ts'
import { flagByLetter, flagByName, nearestFlag, type RunFlag } from './run-flags.ts'
import type { RunSpec } from '../run/run-spec.ts'
import { type ShellWord, splitShellWords } from './shell-words.ts'

export interface ParsedRunLine {
  /** As far as the line could be read. */
  spec: RunSpec
  /** In the order of the line; empty: the spec says all of it. */
  problems: LineProblem[]
}

/** One option as it was met: which, with which value, and where it stands. */
interface Met {
  flag: RunFlag
  value: string
  start: number
  end: number
}

/**
 * Reads a `docker run` line as a shell and the docker program would: short, long and combined options, `=` values, quotes, continued
 * lines, `docker container run`. What is not understood is a problem at its place; the rest is read all the same.
 */
export function parseRunLine(text: string): ParsedRunLine {
  const { words, problem } = splitShellWords(text)
  const reader = new LineReader(words)
  const parsed = reader.read()
  // What a shell stumbles over hides what follows it: an image that seems missing may stand there.
  return problem ? { spec: parsed.spec, problems: [...reader.problemsBeforeEnd(), problem] } : parsed
}

class LineReader {
  readonly #words: readonly ShellWord[]
  readonly #draft: RunDraft = readDraft()
  readonly #problems: LineProblem[] = []
  #at = 0

  constructor(words: readonly ShellWord[]) {
    this.#words = words
  }

  read(): ParsedRunLine {
    if (this.#skipProgram()) {
      while (this.#readOption());
      this.#readImage()
    }
    const { spec, problem } = this.#draft.finish()
    if (problem) this.#problems.push({ message: problem.message, start: problem.start, end: problem.end })
    return { spec, problems: this.#problems }
  }

  /** The problems of what stands before the place a shell stumbles at; what touches it may only seem wrong. */
  problemsBeforeEnd(): LineProblem[] {
    const last = this.#words.at(-1)?.end ?? 0
    return this.#problems.filter(({ end }) => end < last)
  }

  /** Passes over `$`, `sudo`, `docker`, its own options, `container` and `run`; a line that begins with an option or image is fine too. */
  #skipProgram(): boolean {
    if (this.#word() === '$' || this.#word() === '#') this.#at += 1
    if (this.#word() === 'sudo') this.#at += 1
    const first = this.#word()
    if (first === undefined) return true
    if (!/^(?:.*\/)?docker(?:\.exe)?$/.test(first)) return true
    this.#at += 1
    while (this.#word()?.startsWith('-')) this.#skipGlobalOption()
    if (this.#word() === 'container') this.#at += 1
    const verb = this.#words[this.#at]
    if (verb?.text === 'run' || verb?.text === 'create') {
      if (verb.text === 'create') this.#draft.spec.isDetached = true
      this.#at += 1
      return true
    }
    this.#fault(
      verb ?? this.#end(),
      verb ? `This is docker ${verb.text}, not docker run.` : 'Write run after docker, and then its options.',
    )
    return false
  }

  #skipGlobalOption(): void {
    const word = this.#word() ?? ''
    const takesNext =
      /^(?:-c|--context|-H|--host|--config|-l|--log-level|--tlscacert|--tlscert|--tlskey)$/.test(word)
    this.#at += takesNext ? 2 : 1
  }

  /** Reads one word of options; false when the image (or the end) is next. */
  #readOption(): boolean {
    const word = this.#words[this.#at]
    if (!word) return false
    if (word.text === '--') {
      this.#at += 1
      return false
    }
    if (!word.text.startsWith('-') || word.text === '-') return false
    this.#at += 1
    if (word.text.startsWith('--')) this.#readLong(word)
    else this.#readLetters(word)
    return true
  }

  #readLong(word: ShellWord): void {
    const equals = word.text.indexOf('=')
    const name = word.text.slice(2, equals < 0 ? undefined : equals)
    const given = equals < 0 ? null : word.text.slice(equals + 1)
    const flag = flagByName(name)
    if (!flag) {
      const near = nearestFlag(name)
      this.#fault(word, `--${name} is not an option Composure knows${near ? `; is it --${near}?` : '.'}`)
      // Its value would be taken for the image.
      if (given === null && this.#looksLikeValue()) this.#at += 1
      return
    }
    this.#take(flag, given, word)
  }

  /** After an unknown option, a word is its value when an image can still follow. */
  #looksLikeValue(): boolean {
    const [next, after] = [this.#words[this.#at], this.#words[this.#at + 1]]
    return (
      next !== undefined && !next.text.startsWith('-') && after !== undefined && after.text.startsWith('-')
    )
  }

  #readLetters(word: ShellWord): void {
    const letters = word.text.slice(1)
    for (let index = 0; index < letters.length; index += 1) {
      const letter = letters[index] ?? ''
      const flag = flagByLetter(letter)
      if (!flag) {
        this.#fault(word, `-${letter} is not an option of docker run.`)
        return
      }
      const rest = letters.slice(index + 1)
      if (flag.takes === 'switch' && !rest.startsWith('=')) {
        this.#take(flag, null, word)
        continue
      }
      // -p8080:80, -p=8080:80, or the next word.
      this.#take(flag, rest === '' ? null : rest.replace(/^=/, ''), word)
      return
    }
  }

  #take(flag: RunFlag, given: string | null, word: ShellWord): void {
    const met: Met = { flag, value: given ?? '', start: word.start, end: word.end }
    if (flag.takes === 'switch') met.value = given ?? 'true'
    else if (given === null) {
      const next = this.#words[this.#at]
      if (!next) return this.#fault(word, `--${flag.name} needs a value after it.`)
      this.#at += 1
      met.value = next.text
      met.end = next.end
    }
    this.#apply(met)
  }

  #apply({ flag, value, start, end }: Met): void {
    if (flag.takes === 'switch' && !/^(?:true|false|1|0|t|f)$/i.test(value))
      return this.#fault({ start, end }, `--${flag.name} is on or off: true or false, not “${value}”.`)
    if (flag.goes === 'client') return
    if (flag.goes === 'unknowable')
      return this.#fault(
        { start, end },
        `${value} is on your machine: paste what is in it into the form instead.`,
      )
    const problem = setField(this.#draft, flag, value, { start, end })
    if (problem) this.#fault({ start, end }, problem)
  }

  #readImage(): void {
    const image = this.#words[this.#at]
    if (!image) {
      this.#fault(this.#end(), 'The image is missing: it stands after the options.')
      return
    }
    this.#draft.spec.image = image.text
    this.#draft.spec.command = this.#words.slice(this.#at + 1).map(({ text }) => text)
    if (image.text === '') this.#fault(image, 'The image is missing: it stands after the options.')
  }

  #word(): string | undefined {
    return this.#words[this.#at]?.text
  }

  #end(): { start: number; end: number } {
    const end = this.#words.at(-1)?.end ?? 0
    return { start: end, end }
  }

  #fault({ start, end }: { start: number; end: number }, message: string): void {
    this.#problems.push({ message, start, end })
  }
}
