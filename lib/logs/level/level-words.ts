/** From the least to the most serious; a line's level is the index, `unknown` where the line does not say one. */
export const levels = ['unknown', 'trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const
export type Level = (typeof levels)[number]

export const [unknown, trace, debug, info, warn, error, fatal] = [0, 1, 2, 3, 4, 5, 6]

const byLevel: readonly [number, string][] = [
  [trace, 'trace trc trce trac verbose vrb finest finer silly'],
  [debug, 'debug dbg dbug debu fine debug1 debug2 debug3 debug4 debug5 http'],
  [info, 'info inf information informational notice note log config system success'],
  // PostgreSQL's lines that belong to the one before.
  [info, 'hint detail statement context query progress'],
  [warn, 'warn warning wrn'],
  [error, 'error err erro eror severe failure fail failed crash supervisor'],
  [fatal, 'fatal ftl fata crit critical panic pani alert emerg emergency dpanic'],
]

const words = new Map(
  byLevel.flatMap(([level, names]) => names.split(' ').map((name) => [name, level] as const)),
)

/** Words that are a level only where the whole form says so (`[fine]`, `FINE:`), not alone in capitals. */
const weakWords = new Set(
  (
    'fine finer finest config system log note fail failed failure alert verbose information silly http success ' +
    'hint detail statement context query progress crash supervisor'
  ).split(' '),
)

/** The level a word names in any case, `WARN+1` and `DEBUG-4` too; unknown for other words. */
export function levelOfWord(word: string): number {
  const lower = word.trim().toLowerCase()
  return words.get(lower) ?? words.get(lower.replace(/[+-]\d+$/, '')) ?? unknown
}

export function isWeakWord(word: string): boolean {
  return weakWords.has(word.toLowerCase())
}

/** Syslog counts 7..0, pino and bunyan 10..60, Monolog 100..600. */
export function levelOfNumber(value: number): number {
  if (value >= 100) return fromSteps(value, [100, 200, 300, 400, 500], [debug, info, warn, error, fatal])
  if (value >= 10) return fromSteps(value, [10, 20, 30, 40, 50, 60], [trace, debug, info, warn, error, fatal])
  return levelOfSyslog(value)
}

export function levelOfSyslog(severity: number): number {
  return [fatal, fatal, fatal, error, warn, info, info, debug][severity] ?? unknown
}

/** OpenTelemetry's severity number, 1..24. */
export function levelOfOpenTelemetry(severity: number): number {
  return [unknown, trace, debug, info, warn, error, fatal][Math.ceil(severity / 4)] ?? unknown
}

/** The level of an HTTP status in an access log. */
export function levelOfStatus(status: number): number {
  return status >= 500 ? error : info
}

function fromSteps(value: number, steps: readonly number[], results: readonly number[]): number {
  let level = unknown
  for (const [index, step] of steps.entries()) if (value >= step) level = results[index] ?? unknown
  return level
}
