/** A JSON value with the order of its keys and the digits of its numbers as they were written. */
export type JsonNode =
  | { kind: 'object'; entries: [string, JsonNode][] }
  | { kind: 'array'; items: JsonNode[] }
  | { kind: 'string'; value: string }
  /** `raw` is the text: 64-bit integers keep every digit. */
  | { kind: 'number' | 'boolean' | 'null'; raw: string }

const maxDepth = 64

/** Parses a line that is one JSON object; null for everything else. */
export function parseJsonLine(text: string): Extract<JsonNode, { kind: 'object' }> | null {
  const trimmed = text.trim()
  if (!trimmed.startsWith('{') || !trimmed.endsWith('}')) return null
  const parser = new JsonParser(trimmed)
  const node = parser.value(0)
  return node?.kind === 'object' && parser.isAtEnd ? node : null
}

const stringPattern = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const wordPattern = /true|false|null/y
const blankPattern = /[ \t\r\n]*/y

class JsonParser {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  get isAtEnd(): boolean {
    this.#take(blankPattern)
    return this.#at === this.#text.length
  }

  /** Null where the text is not JSON. */
  value(depth: number): JsonNode | null {
    this.#take(blankPattern)
    if (depth > maxDepth) return null
    if (this.#is('{')) return this.#object(depth)
    if (this.#is('[')) return this.#array(depth)
    const string = this.#take(stringPattern)
    if (string !== null) return { kind: 'string', value: unquote(string) }
    const number = this.#take(numberPattern)
    if (number !== null) return { kind: 'number', raw: number }
    const word = this.#take(wordPattern)
    return word === null ? null : { kind: word === 'null' ? 'null' : 'boolean', raw: word }
  }

  #object(depth: number): JsonNode | null {
    const entries: [string, JsonNode][] = []
    if (this.#is('}')) return { kind: 'object', entries }
    do {
      this.#take(blankPattern)
      const key = this.#take(stringPattern)
      if (key === null || !this.#is(':')) return null
      const value = this.value(depth + 1)
      if (!value) return null
      entries.push([unquote(key), value])
    } while (this.#is(','))
    return this.#is('}') ? { kind: 'object', entries } : null
  }

  #array(depth: number): JsonNode | null {
    const items: JsonNode[] = []
    if (this.#is(']')) return { kind: 'array', items }
    do {
      const value = this.value(depth + 1)
      if (!value) return null
      items.push(value)
    } while (this.#is(','))
    return this.#is(']') ? { kind: 'array', items } : null
  }

  #is(character: string): boolean {
    this.#take(blankPattern)
    if (this.#text[this.#at] !== character) return false
    this.#at += 1
    return true
  }

  #take(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.#text)
    if (!match) return null
    this.#at += match[0].length
    return match[0]
  }
}

function unquote(text: string): string {
  return text.includes('\\') ? (JSON.parse(text) as string) : text.slice(1, -1)
}

/** A node on one line, as it would be written. */
export function printJson(node: JsonNode): string {
  switch (node.kind) {
    case 'object':
      return `{${node.entries.map(([key, value]) => `${JSON.stringify(key)}:${printJson(value)}`).join(',')}}`
    case 'array':
      return `[${node.items.map(printJson).join(',')}]`
    case 'string':
      return JSON.stringify(node.value)
    default:
      return node.raw
  }
}

export interface JsonSummary {
  message: string
  /** The fields a reader wants beside the message, in their order; texts without quotes. */
  fields: { key: string; text: string }[]
}

const messageKeys = ['msg', 'message', '@m', '@mt', 'event', 'body', 'text', 'log']
/** What stands in columns of its own, or never changes within a process. */
const silentKeys = new Set([
  'level',
  'lvl',
  'severity',
  'log.level',
  '@l',
  'levelname',
  'time',
  'ts',
  'timestamp',
  '@timestamp',
  '@t',
  't',
  'pid',
  'hostname',
  'v',
])

/** How a JSON line reads: its message first, then its fields. */
export function summariseJson(node: Extract<JsonNode, { kind: 'object' }>): JsonSummary {
  const key = messageKeys.find((name) =>
    node.entries.some(([entry, value]) => entry === name && value.kind === 'string'),
  )
  const message = node.entries.find(([entry]) => entry === key)?.[1]
  const fields = node.entries
    .filter(([entry]) => entry !== key && !silentKeys.has(entry))
    .map(([entry, value]) => ({ key: entry, text: value.kind === 'string' ? value.value : printJson(value) }))
  return { message: message?.kind === 'string' ? message.value : '', fields }
}
