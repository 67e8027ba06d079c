import { stripAnsi } from '../ansi.ts'
import { type JsonNode, parseJsonLine, printJson } from '../json-line.ts'
import { parseLogfmt } from './logfmt.ts'

/** A field of a line: nested JSON as `request.method`, numbers with the digits they were written with. */
export interface Field {
  key: string
  value: string
}

/** Longer lines have no fields. */
const maxLength = 65_536
const maxFields = 200

/** The fields of a line that is one JSON object or logfmt, in their order; empty for other lines. */
export function fieldsOf(line: string): Field[] {
  if (line.length > maxLength) return []
  const text = stripAnsi(line).trim()
  if (!text.startsWith('{')) return parseLogfmt(text)
  const node = parseJsonLine(text)
  const fields: Field[] = []
  if (node) addFields(fields, node, '')
  return fields
}

function addFields(fields: Field[], node: JsonNode, key: string): void {
  if (fields.length >= maxFields) return
  if (node.kind === 'object') {
    for (const [name, value] of node.entries) addFields(fields, value, key ? `${key}.${name}` : name)
    return
  }
  fields.push({ key, value: textOf(node) })
}

function textOf(node: JsonNode): string {
  return node.kind === 'string' ? node.value : printJson(node)
}

/** The value of one field of a line; null where it has none. */
export function fieldOf(line: string, key: string): string | null {
  return fieldsOf(line).find((field) => field.key === key)?.value ?? null
}

/** Only lines, or no line, whose field has this value. */
export interface FieldFilter extends Field {
  isNot: boolean
}

/** A value of these characters stands in the line as it is: a line without it needs no parsing. */
const plainValue = /^[\w./:@-]+$/

/** Tests lines against filters: all of them must hold, of several `only` for one field any. */
export function fieldTest(filters: readonly FieldFilter[]): (line: string) => boolean {
  const wanted = new Map<string, Set<string>>()
  for (const { key, value, isNot } of filters)
    if (!isNot) wanted.set(key, (wanted.get(key) ?? new Set()).add(value))
  const unwanted = filters.filter((filter) => filter.isNot)
  const needsOneOf = [...wanted.values()]
    .map((values) => [...values])
    .filter((values) => values.every((value) => plainValue.test(value)))
  return (line) => {
    if (needsOneOf.some((values) => !values.some((value) => line.includes(value)))) return false
    const isPlain = unwanted.every(({ value }) => plainValue.test(value) && !line.includes(value))
    if (wanted.size === 0 && isPlain) return true
    const fields = new Map(fieldsOf(line).map(({ key, value }) => [key, value]))
    for (const [key, values] of wanted) if (!values.has(fields.get(key) ?? '\u0000')) return false
    return !unwanted.some(({ key, value }) => fields.get(key) === value)
  }
}
