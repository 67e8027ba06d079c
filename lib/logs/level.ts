import { stripAnsi } from './ansi.ts'
import { isHeader, levelOfHead } from './level/head-level.ts'
import { levelOfJson } from './level/json-level.ts'
import { levelOfCode, levelOfFailure, levelOfRequest } from './level/known-formats.ts'
import { levelOfWord, unknown } from './level/level-words.ts'

export { type Level, levels } from './level/level-words.ts'

/** Characters of a text line that can say its level. */
const maxHead = 512

/**
 * The level a line says for itself, as an index of `levels`: a JSON or logfmt field, a level word in the head of the
 * line where formats put it, or a status. Words inside the message never count: a line that does not say its level is `unknown`.
 */
export function detectLevel(line: string): number {
  const plain = stripAnsi(line.length > maxHead ? line.slice(0, maxHead) : line)
  const first = plain.charCodeAt(0)
  if (first === 123) return levelOfJson(line)
  if (first !== 32 && first !== 9) return levelOfText(plain)
  // Stack frames and other continuations.
  return /^\s*(?:at |\.\.\. \d)/.test(plain) ? unknown : levelOfText(plain.trimStart())
}

/** A line without any of these says no level in words: most lines are through here after one look. */
const anyWord =
  /tra?ce?|verb|vrb|fine|de?bu?g|inf|not[ei]|log|conf|syst|wa?rn|err|ero|sev|fail|fa?tal?|ftl|crit|pani|alert|emerg|exception|silly|succ|hint|detail|state|context|query|Completed 5|::|⚠|⨯|unhandled|Caused|\*\* \(/i
const syslogHeader = /^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S+ [^\s:[]+(?:\[\d+\])?: /

function levelOfText(text: string): number {
  const coded = levelOfCode(text)
  if (coded !== unknown) return coded
  if (!anyWord.test(text)) return levelOfRequest(text)
  const failure = levelOfFailure(text)
  if (failure !== unknown) return failure
  const header = syslogHeader.exec(text)
  const body = header ? text.slice(header[0].length) : text
  return levelOfHead(body) || levelOfLogfmt(text) || levelOfRequest(text)
}

const logfmt =
  /(?:^|\s)(?:level|lvl|severity|loglevel|log\.level)=(?:"([A-Za-z]+)"|([A-Za-z]+(?:[+-]\d+)?))(?=\s|$)/

/** `time=... level=warning msg="..."`: the field counts where the line is made of fields, not inside a sentence. */
function levelOfLogfmt(text: string): number {
  const field = text.includes('=') ? logfmt.exec(text) : null
  if (!field) return unknown
  const [first = ''] = text.slice(0, field.index).trim().split(/\s/)
  if (first !== '' && !first.includes('=') && !isHeader(first)) return unknown
  return levelOfWord(field[1] ?? field[2] ?? '')
}
