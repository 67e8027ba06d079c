import { compareTimes, type NanoTime, nanosBetween } from '../nano-time.ts'

/** Lines that only look like part of a trace (indented, a closing brace) must come this soon after the line before. */
const looseNanos = 500_000_000
/** A line of a trace may come this late: a program that writes it out slowly. */
const strictNanos = 5_000_000_000
/** An exception right behind the line that logged it. */
const attachedNanos = 50_000_000
/** Longer groups begin anew. */
const maxLines = 2_000
const warnLevel = 4
/** Characters of a line that are looked at: a line of a megabyte costs no more than any other. */
const maxHead = 512

/** Lines that are part of a trace wherever they stand behind one. */
const frame =
  /^(?:\s+at |\s*\.\.\. \d+ (?:more|common)|Caused by: |\s*Suppressed: |\s+File "|\s+from \S+:\d+|#\d+ |Stack trace:|stack backtrace:|\[stacktrace\]|thrown in |note: (?:run with|Some details)|goroutine \d+|created by |\[signal |exit status \d|--- End of |During handling of the above|The above exception was|\S+\.(?:rb|exs?|erl):\d+:in )/
const goFunction = /^[\w./*()$-]+\(.*\)$/
const traceHead = /^(?:Traceback \(most recent call last\)|Exception Group Traceback)/
const exception = /^(?:Uncaught |Unhandled )?(?:[\w$]+\.)*[A-Z][\w$]*(?:Error|Exception|Interrupt|Exit)\b/
const goHead = /^(?:panic: |fatal error: |goroutine \d+ )/
const rustHead = /^thread '[^']*' (?:\(\d+\) )?panicked at /
const closing = /^[)\]}]+[,;]?$/

/** `chained`: a Python trace has ended and another may follow. */
type Kind = 'line' | 'python' | 'chained' | 'go' | 'rust'

/**
 * Tells of the lines of one stream of one container which go on with what the line before began: a stack trace, an indented
 * block. By their form, never by time alone: three messages in 20 ms stay three lines.
 */
export class TraceGrouper {
  #kind: Kind = 'line'
  #isOpen = false
  /** A frame was seen: blank lines belong to it. */
  #isTrace = false
  #level = 0
  #count = 0
  #last: NanoTime = { seconds: 0, nanos: 0 }

  /** True where this line belongs to the group of the one before. `level` is what the line itself says, see `detectLevel`. */
  next(line: string, level: number, time: NanoTime): boolean {
    const text = line.length > maxHead ? line.slice(0, maxHead) : line
    const isPart = this.#isOpen && this.#count < maxLines && this.#belongs(text, level, time)
    this.#last = time
    if (isPart) {
      this.#count += 1
      return true
    }
    this.#kind = kindOf(text)
    this.#isTrace = this.#kind !== 'line'
    this.#level = level
    this.#count = 0
    // What begins indented or empty begins nothing.
    this.#isOpen = text !== '' && !isBlank(text.charCodeAt(0))
    return false
  }

  #belongs(text: string, level: number, time: NanoTime): boolean {
    const nanos = compareTimes(this.#last, time) > 0 ? 0 : nanosBetween(this.#last, time)
    if (nanos > strictNanos) return false
    // Most lines begin with a time, and no part of a trace does.
    if (beginsWithDigit(text) && this.#kind !== 'rust') return false
    if (frame.test(text) || this.#isInTrace(text, level)) {
      this.#isTrace = true
      return true
    }
    if (nanos > looseNanos) return false
    if (text.trim() === '') return this.#isTrace
    if (isBlank(text.charCodeAt(0)) || (this.#count > 0 && closing.test(text))) return true
    return this.#isAttached(text, nanos)
  }

  /** Lines that only the trace they stand in makes part of it. */
  #isInTrace(text: string, level: number): boolean {
    if (this.#kind === 'chained' && traceHead.test(text)) {
      this.#kind = 'python'
      return true
    }
    if (this.#kind === 'python') {
      // The line that says what it was ends the trace, until another one is chained to it.
      if (text === '' || isBlank(text.charCodeAt(0)) || !exception.test(text)) return false
      this.#kind = 'chained'
      return true
    }
    if (this.#kind === 'go') return goFunction.test(text)
    return this.#kind === 'rust' && level === 0 && this.#count === 0
  }

  /** `ERROR could not save` and right behind it the exception it tells of. */
  #isAttached(text: string, nanos: number): boolean {
    if (this.#level < warnLevel || nanos > attachedNanos || this.#isTrace) return false
    const isException = traceHead.test(text) || exception.test(text)
    if (!isException) return false
    this.#kind = kindOf(text)
    this.#isTrace = true
    return true
  }
}

function kindOf(text: string): Kind {
  if (traceHead.test(text)) return 'python'
  if (goHead.test(text)) return 'go'
  return rustHead.test(text) ? 'rust' : 'line'
}

function beginsWithDigit(text: string): boolean {
  const code = text.charCodeAt(0)
  return code >= 48 && code <= 57
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9
}
