import { stripAnsi } from '../ansi.ts'
import {
  debug,
  error,
  fatal,
  info,
  levelOfNumber,
  levelOfOpenTelemetry,
  levelOfWord,
  unknown,
  warn,
} from './level-words.ts'

/** Where loggers put their level; the name in front of the number where there are both. */
const fieldNames = [
  'level_name',
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
  'LogLevel',
  'Severity',
  'SeverityText',
  's',
  'priority',
  'PRIORITY',
]

/** Longer ones are not parsed for their level. */
const maxJsonLength = 65_536

/** A level among the first plain fields: most JSON lines are through with this and are never parsed. */
const early = /^\{[^{}[\]]{0,200}?"(?:level|lvl|severity|levelname)"\s*:\s*(?:"([A-Za-z]+)"|(\d{1,3}))\s*[,}]/

export function levelOfJson(line: string): number {
  const known = early.exec(line)
  if (known && !line.includes('"level_name"'))
    return known[1] === undefined ? levelOfNumber(Number(known[2])) : levelOfWord(known[1])
  if (line.length > maxJsonLength) return unknown
  const fields = parseFields(line)
  return fields ? levelOfFields(fields) : unknown
}

function parseFields(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(stripAnsi(line))
    // A text that begins with { is an object; its fields are checked one by one.
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

function levelOfFields(fields: Record<string, unknown>): number {
  for (const name of fieldNames) {
    const level = levelOfField(name, fields[name])
    if (level !== unknown) return level
  }
  if (typeof fields.severityNumber === 'number') return levelOfOpenTelemetry(fields.severityNumber)
  const nested = fields.log
  if (typeof nested === 'object' && nested !== null && 'level' in nested)
    return levelOfField('level', nested.level)
  // Serilog's compact form leaves the level out when it is information.
  return '@t' in fields && ('@mt' in fields || '@m' in fields) ? info : unknown
}

function levelOfField(name: string, value: unknown): number {
  if (typeof value === 'number') return levelOfNumber(value)
  if (typeof value !== 'string') return unknown
  if (name === 's') return levelOfMongo(value)
  return /^\d{1,3}$/.test(value) ? levelOfNumber(Number(value)) : levelOfWord(value)
}

function levelOfMongo(severity: string): number {
  if (/^D[1-5]?$/.test(severity)) return debug
  return { I: info, W: warn, E: error, F: fatal }[severity] ?? unknown
}
