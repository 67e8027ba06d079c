import {
  debug,
  error,
  fatal,
  info,
  levelOfStatus,
  levelOfSyslog,
  levelOfWord,
  trace,
  unknown,
  warn,
} from './level-words.ts'

interface Format {
  /** Characters a line of this form begins with, `0` for any digit; all where it is left out. */
  first?: string
  pattern: RegExp
  /** The level of what the pattern's first group holds. */
  levelOf: (group: string) => number
}

const letters: Record<string, number> = {
  T: trace,
  D: debug,
  I: info,
  N: info,
  W: warn,
  E: error,
  C: fatal,
  F: fatal,
}
const ofLetter = (letter: string): number => letters[letter] ?? unknown
const redisMarks: Record<string, number> = { '.': debug, '-': trace, '*': info, '#': warn }
const ofStatus = (status: string): number => levelOfStatus(Number(status))

/** Forms in which something other than a word in the head of the line says the level. */
const coded: readonly Format[] = [
  // klog, CockroachDB
  { first: 'IWEF', pattern: /^([IWEF])\d{4}(?:\d\d)? \d\d:\d\d:\d\d\.\d+\s/, levelOf: ofLetter },
  // Ruby's Logger
  { first: 'DIWEFA', pattern: /^([DIWEFA]), \[/, levelOf: ofLetter },
  {
    first: '0',
    pattern: /^\d+:[XCSM] \d{1,2} \w{3} \d{4} [\d:.]+ ([.\-*#]) /,
    levelOf: (mark) => redisMarks[mark] ?? unknown,
  },
  // nginx, Apache, Traefik
  { pattern: /^[^\s[{]+(?: \S+)? \S+ \S+ \[[^\]]+\] "[^"]*" (\d{3})(?: |$)/, levelOf: ofStatus },
  { first: '<', pattern: /^<(\d{1,3})>/, levelOf: (priority) => levelOfSyslog(Number(priority) & 7) },
  // Gitea
  { first: '0', pattern: /^\d{4}\/\d\d\/\d\d [\d:]+ \S+ \[([TDIWEFC])\] /, levelOf: ofLetter },
  // NLog
  { first: '0', pattern: /^[\d-]+ [\d:.,]+\|\s*([A-Za-z]+)\s*\|/, levelOf: levelOfWord },
  // logrus on a terminal
  { first: 'DIWEFPT', pattern: /^(DEBU|INFO|WARN|ERRO|FATA|PANI|TRAC)\[\d+\]/, levelOf: levelOfWord },
  // Sidekiq
  { first: '0', pattern: /^\S+ pid=\d+ tid=\S+(?: \w+=\S+)* ([A-Z]+): /, levelOf: levelOfWord },
  // PHP, also through FPM
  {
    first: '[NP',
    pattern: /^(?:\[[^\]]+\] )?(?:NOTICE: PHP message: )?PHP (Fatal|Parse|Warning|Notice|Deprecated)\b/,
    levelOf: ofPhp,
  },
  // Erlang
  { first: '=', pattern: /^=([A-Z]+) REPORT====/, levelOf: levelOfWord },
]

function ofPhp(word: string): number {
  if (word === 'Parse') return fatal
  return word === 'Deprecated' ? warn : levelOfWord(word)
}

/** The level of a form that says it otherwise than by a word; unknown for other lines. */
export function levelOfCode(text: string): number {
  return firstOf(coded, text)
}

/** Requests whose level is their status, in lines that say no level in words. */
const requests: readonly Format[] = [
  // Django, Flask, Envoy, PHP-FPM and whatever else quotes the request
  { pattern: /^[^"]{0,120}"[A-Z]{3,8} [^"]{0,2000}" (\d{3})(?:\s|$)/, levelOf: ofStatus },
  // HAProxy
  { pattern: / -?\d+\/-?\d+\/-?\d+\/-?\d+\/\+?\d+ (\d{3}) \d+ /, levelOf: ofStatus },
  // morgan
  { pattern: /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) \S+ (\d{3}) [\d-]/, levelOf: ofStatus },
]

export function levelOfRequest(text: string): number {
  return firstOf(requests, text)
}

/** How programs end or complain without a logger. None begins with a digit. */
const failures: readonly [RegExp, number][] = [
  [/^panic: /, fatal],
  [/^fatal error: /, fatal],
  [/^thread '[^']*' (?:\(\d+\) )?panicked at /, fatal],
  [/^Unhandled exception\. /, fatal],
  [/^Traceback \(most recent call last\):/, error],
  [/^Exception in thread /, error],
  [/^\[UnhandledPromiseRejection/, error],
  [/^Caused by: /, error],
  [/^\*\* \([\w.]+\) /, error],
  [/^(?:Uncaught |Unhandled )?(?:[\w$]+\.)*[A-Z][\w$]*(?:Error|Exception)(?: \[[A-Z_]+\])?(?::|$)/, error],
  // Ruby's constants: `ActiveRecord::RecordNotFound (...)`
  [/^[A-Z]\w*(?:::[A-Z]\w*)+ \(/, error],
  [/^Completed 5\d\d /, error],
  [/^\[FAILED\] /, error],
  [/^npm (?:ERR!|error) /, error],
  [/^npm (?:WARN|warn) /, warn],
  [/^npm notice /, info],
  [/^(?:\S+:\d+: |\(node:\d+\) (?:\[\w+\] )?)\w*Warning: /, warn],
  [/^⚠ /, warn],
  [/^⨯ /, error],
]

export function levelOfFailure(text: string): number {
  if (text.charCodeAt(0) <= 57 && text.charCodeAt(0) >= 48) return unknown
  for (const [pattern, level] of failures) if (pattern.test(text)) return level
  return unknown
}

function firstOf(formats: readonly Format[], text: string): number {
  const initial = text[0] ?? ''
  const kind = initial >= '0' && initial <= '9' ? '0' : initial
  for (const { first, pattern, levelOf } of formats) {
    if (first !== undefined && !first.includes(kind)) continue
    const group = pattern.exec(text)?.[1]
    if (group !== undefined) return levelOf(group)
  }
  return unknown
}
