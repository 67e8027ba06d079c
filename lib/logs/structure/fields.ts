import { stripAnsi } from '../ansi.ts'
import { type JsonNode, parseJsonLine, printJson } from '../json-line.ts'
import { parseLogfmt } from './logfmt.ts'

/** A field of a line: nested JSON as `request.method`, numbers with the digits they were written with. */
export interface Field {
  key: string
  value: string
}

/** Longer lines have no fields. */
const maxJsonLength = 65_536
const maxLogfmtLength = 8_192
const maxFields = 200

/** The fields of a line that is one JSON object or logfmt, in their order; empty for other lines. */
export function fieldsOf(line: string): Field[] {
  if (line.length > maxJsonLength) return []
  const text = stripAnsi(line).trim()
  if (!text.startsWith('{')) return text.length > maxLogfmtLength ? [] : parseLogfmt(text)
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

/** Tests lines against filters: all of them must hold, of several `only` for one field any. */
export function fieldTest(filters: readonly FieldFilter[]): (line: string) => boolean {
  const wanted = new Map<string, FieldFilter[]>()
  for (const filter of filters)
    if (!filter.isNot) wanted.set(filter.key, [...(wanted.get(filter.key) ?? []), filter])
  const groups = [...wanted.values()].map((group) => group.map(quickTest))
  const unwanted = filters.filter((filter) => filter.isNot)
  const unwantedTests = unwanted.map(quickTest)
  return (line) => {
    if (groups.some((group) => group.every((test) => test(line) === false))) return false
    const isSure =
      groups.every((group) => group.some((test) => test(line) === true)) &&
      unwantedTests.every((test) => test(line) === false)
    return isSure || testFields(line, wanted, unwanted)
  }
}

function testFields(
  line: string,
  wanted: ReadonlyMap<string, FieldFilter[]>,
  unwanted: readonly FieldFilter[],
): boolean {
  const fields = new Map(fieldsOf(line).map(({ key, value }) => [key, value]))
  for (const [key, group] of wanted) if (!group.some(({ value }) => fields.get(key) === value)) return false
  return !unwanted.some(({ key, value }) => fields.get(key) === value)
}

/** Names and values of these characters stand in a line as they are. */
const plain = /^[\w./:@-]+$/

/** Whether a line has the field without parsing it; null where only parsing can tell. */
function quickTest({ key, value }: Field): (line: string) => boolean | null {
  if (!plain.test(key) || !plain.test(value)) return () => null
  const name = key.slice(key.lastIndexOf('.') + 1)
  const escaped = value.replaceAll('.', '\\.')
  const inJson = new RegExp(`"${name}"\\s*:\\s*(?:"${escaped}"|${escaped}(?=[\\s,}\\]]))`)
  return (line) => {
    if (!line.includes(value)) return false
    if (!line.startsWith('{')) return null
    const at = line.search(inJson)
    if (at < 0) return name === key || !key.includes('.') ? false : null
    // In front of the first nested value a name can only be a field's own.
    const isTop = name === key && !/[{[]/.test(line.slice(1, at))
    return isTop ? true : null
  }
}
