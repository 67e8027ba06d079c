import { stripAnsi } from './ansi.ts'

/** From the least to the most serious; a line's level is the index, `unknown` where the line does not say one. */
export const levels = ['unknown', 'trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const
export type Level = (typeof levels)[number]

const unknown = 0
const [trace, debug, info, warn, error, fatal] = [1, 2, 3, 4, 5, 6]

const words = new Map<string, number>(
  Object.entries({
    trace,
    trc: trace,
    verbose: trace,
    finest: trace,
    finer: trace,
    silly: trace,
    trce: trace,
    debug,
    dbg: debug,
    dbug: debug,
    fine: debug,
    debug1: debug,
    debug2: debug,
    debug3: debug,
    debug4: debug,
    debug5: debug,
    info,
    inf: info,
    information: info,
    informational: info,
    notice: info,
    note: info,
    log: info,
    config: info,
    system: info,
    warn,
    warning: warn,
    wrn: warn,
    error,
    err: error,
    severe: error,
    failure: error,
    fail: error,
    eror: error,
    fatal,
    ftl: fatal,
    crit: fatal,
    critical: fatal,
    panic: fatal,
    alert: fatal,
    emerg: fatal,
    emergency: fatal,
    dpanic: fatal,
  }),
)

/** Words that are a level only where the whole form says so (`[fine]`, `FINE:`), not alone in capitals. */
const weakWords = new Set([
  'fine',
  'finer',
  'finest',
  'config',
  'system',
  'log',
  'note',
  'fail',
  'failure',
  'alert',
  'verbose',
  'information',
  'silly',
])

const fieldNames = [
  'level',
  'lvl',
  'severity',
  'log.level',
  '@l',
  'severityText',
  'levelname',
  'log_level',
  'loglevel',
  'Level',
  'LEVEL',
  'Severity',
  'SeverityText',
  's',
  'priority',
  'PRIORITY',
]

/**
 * The level a line says for itself, as an index of `levels`: a JSON or logfmt field, or a level word in the head of the
 * line where formats put it. Words inside the message never count: a line that does not say its level is `unknown`.
 */
export function detectLevel(line: string): number {
  const head = line.length > 512 ? line.slice(0, 512) : line
  const plain = stripAnsi(head)
  const first = plain.charCodeAt(0)
  if (first === 123) return fromJson(line)
  // Stack frames and other continuations.
  if (first === 32 || first === 9)
    return /^\s*(?:at |\.\.\. \d)/.test(plain) ? unknown : fromText(plain.trimStart())
  return fromText(plain)
}

function fromJson(line: string): number {
  if (line.length > 65_536) return unknown
  let value: unknown
  try {
    value = JSON.parse(stripAnsi(line))
  } catch {
    return unknown
  }
  if (typeof value !== 'object' || value === null) return unknown
  const fields = value as Record<string, unknown>
  for (const name of fieldNames) {
    const level = fromField(name, fields[name])
    if (level !== unknown) return level
  }
  if (typeof fields.severityNumber === 'number') return fromOpenTelemetry(fields.severityNumber)
  const nested = fields.log
  if (typeof nested === 'object' && nested !== null && 'level' in nested)
    return fromField('level', nested.level)
  // Serilog's compact form leaves the level out when it is information.
  return '@t' in fields && ('@mt' in fields || '@m' in fields) ? info : unknown
}

function fromField(name: string, value: unknown): number {
  if (typeof value === 'string') {
    if (name === 's') return fromMongo(value)
    if (/^\d+$/.test(value)) return fromNumber(Number(value))
    return words.get(value.toLowerCase().trim()) ?? unknown
  }
  return typeof value === 'number' ? fromNumber(value) : unknown
}

/** pino and bunyan count 10..60, syslog 7..0. */
function fromNumber(value: number): number {
  if (value >= 10)
    return value >= 60
      ? fatal
      : value >= 50
        ? error
        : value >= 40
          ? warn
          : value >= 30
            ? info
            : value >= 20
              ? debug
              : trace
  return fromSyslog(value)
}

function fromSyslog(severity: number): number {
  return [fatal, fatal, fatal, error, warn, info, info, debug][severity] ?? unknown
}

function fromOpenTelemetry(number: number): number {
  return [unknown, trace, debug, info, warn, error, fatal][Math.ceil(number / 4)] ?? unknown
}

function fromMongo(severity: string): number {
  if (/^D[1-5]?$/.test(severity)) return debug
  return { I: info, W: warn, E: error, F: fatal }[severity] ?? unknown
}

const logfmt = /(?:^|\s)(?:level|lvl|severity|loglevel|log\.level)=(?:"([A-Za-z]+)"|([A-Za-z]+))(?=\s|$)/
const klog = /^([IWEF])\d{4} \d\d:\d\d:\d\d\.\d+\s/
const rubyLogger = /^([DIWEFA]), \[/
const redis = /^\d+:[XCSM] \d{1,2} \w{3} \d{4} [\d:.]+ ([.\-*#]) /
const accessLog = /^\S+ \S+ \S+ \[[^\]]+\] "[^"]*" (\d{3}) /
const syslogPriority = /^<(\d{1,3})>/
const failures: [RegExp, number][] = [
  [/^panic: /, fatal],
  [/^fatal error: /, fatal],
  [/^Traceback \(most recent call last\):/, error],
  [/^Exception in thread /, error],
  [/^(?:Uncaught |Unhandled )?(?:[\w$]+\.)*[A-Z][\w$]*(?:Error|Exception)(?: \[[A-Z_]+\])?(?::|$)/, error],
  [/^npm (?:ERR!|error) /, error],
  [/^npm (?:WARN|warn) /, warn],
]

/** A line without any of these says no level in words: most lines are through here after one look. */
const anyWord =
  /tra?ce?|verb|fine|de?bu?g|inf|not[ei]|log|conf|syst|wa?rn|err|ero|sev|fail|fa?tal|ftl|crit|pani|alert|emerg|exception|silly/i

function fromText(text: string): number {
  const letter = klog.exec(text) ?? rubyLogger.exec(text)
  if (letter)
    return { D: debug, I: info, W: warn, E: error, F: fatal, A: unknown }[letter[1] ?? ''] ?? unknown
  const mark = redis.exec(text)
  if (mark) return { '.': debug, '-': trace, '*': info, '#': warn }[mark[1] ?? ''] ?? unknown
  const status = accessLog.exec(text)
  if (status) return Number(status[1]) >= 500 ? error : info
  const priority = syslogPriority.exec(text)
  if (priority) return fromSyslog(Number(priority[1]) & 7)
  if (!anyWord.test(text)) return unknown
  for (const [pattern, level] of failures) if (pattern.test(text)) return level
  return fromHead(text, 0) || fromLogfmt(text)
}

/** `time=... level=warning msg="..."`: the field counts where the line is made of fields, not inside a sentence. */
function fromLogfmt(text: string): number {
  const field = text.includes('=') ? logfmt.exec(text) : null
  if (!field) return unknown
  const [first = ''] = text.slice(0, field.index).trim().split(/\s/)
  if (first !== '' && !first.includes('=') && !isHeader(first)) return unknown
  return words.get((field[1] ?? field[2] ?? '').toLowerCase()) ?? unknown
}

const tokens = /\[[^\]]*\]|\([^)]*\)|\S+/g

/** Walks the head of the line token by token; stops at the first one that can only be message. */
function fromHead(text: string, depth: number): number {
  let count = 0
  let plainWords = 0
  for (const match of text.matchAll(tokens)) {
    const [token] = match
    count += 1
    if (count > 12 || match.index > 200) return unknown
    const level = levelOfToken(token, depth, count === 1)
    if (level !== unknown) return level
    if (isHeader(token)) continue
    // One bare word is a logger or a service if a separator follows: `app - INFO - ...`, `web-1 | INFO ...`.
    plainWords += 1
    const rest = text.slice(match.index + token.length, match.index + token.length + 4)
    if (plainWords > 2 || !/^\s*(?:[-|:>]\s|\[)/.test(rest)) return unknown
  }
  return unknown
}

function levelOfToken(token: string, depth: number, isFirst: boolean): number {
  const isBracketed = /^[[(<|].*[\])>|]:?$/.test(token)
  const core = token
    .replace(/^[[(<{|"'*\-=]+/, '')
    .replace(/[\])>}|"'*:,;!\-=]+$/, '')
    .trim()
  const level = words.get(core.toLowerCase())
  if (level !== undefined) {
    if (isBracketed || depth > 0) return level
    const isWeak = weakWords.has(core.toLowerCase())
    const hasColon = token.endsWith(':')
    if (core === core.toUpperCase()) return isWeak && !hasColon ? unknown : level
    return hasColon && isFirst ? level : unknown
  }
  // `INFO:root:message`, `warn:app`, `error/main`
  const joined = /^([A-Za-z]+)[:|/](?=\S)/.exec(core)
  if (joined && isFirst && depth === 0) {
    const word = joined[1] ?? ''
    if (word === word.toUpperCase() && !weakWords.has(word.toLowerCase()))
      return words.get(word.toLowerCase()) ?? unknown
  }
  // `app.INFO:`, `local.ERROR:` (Monolog, Laravel)
  const dotted = /^[\w-]+\.([A-Z]+):$/.exec(token)
  if (dotted) return words.get((dotted[1] ?? '').toLowerCase()) ?? unknown
  return isBracketed && depth === 0 ? fromHead(core, 1) : unknown
}

const calendar =
  /^(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun|UTC|GMT|CET|CEST|[AP]M),?$/

/** True for what stands in front of a level: times, numbers, bracketed things, dotted logger names, separators. */
function isHeader(text: string): boolean {
  return text.split(/\s+/).every((token) => {
    if (token === '' || calendar.test(token)) return true
    if (/^[^A-Za-z]+$/.test(token)) return true
    if (/^[[(<{|].*[\])>}|]:?$/.test(token) || /^[[(<]|[\])>]:?$/.test(token)) return true
    if (/\d/.test(token) && /[:\-.[\]T@#]/.test(token)) return true
    return /^[\w$-]+(?:[./:@][\w$-]+)+:?$/.test(token)
  })
}
