/** One visible row of a JSON document drawn as a tree. */
export interface JsonRow {
  /** Keys from the root; numbers are array positions. */
  path: (string | number)[]
  /** The path as one string, unique in the document. */
  id: string
  key: string
  depth: number
  kind: 'object' | 'array' | 'leaf'
  /** A leaf as JSON text, so that strings and numbers cannot be taken for each other; empty for branches. */
  text: string
  leafType: 'string' | 'number' | 'boolean' | 'null' | 'none'
  childCount: number
  isOpen: boolean
  isMatch: boolean
}

export interface JsonTree {
  rows: JsonRow[]
  matchCount: number
}

export interface JsonTreeOptions {
  /** Ids of branches the reader opened or closed against the default. */
  toggled: ReadonlySet<string>
  /** Branches above this depth are open by default. */
  openDepth: number
  /** Case-insensitive; matches keys and leaf texts. While set, only matches with their ancestors are shown. */
  query: string
}

/** Lays a JSON document out as rows, top to bottom, as the reader opened it. */
export function layOutJson(root: unknown, options: JsonTreeOptions): JsonTree {
  const rows: JsonRow[] = []
  const query = options.query.trim().toLowerCase()
  let matchCount = 0

  const visit = (value: unknown, path: (string | number)[]): boolean => {
    const position = rows.length
    const row = toRow(value, path)
    row.isMatch =
      query !== '' && (row.key.toLowerCase().includes(query) || row.text.toLowerCase().includes(query))
    if (row.isMatch) matchCount += 1
    row.isOpen =
      row.kind !== 'leaf' && (query !== '' || path.length < options.openDepth !== options.toggled.has(row.id))
    if (path.length > 0) rows.push(row)
    let hasMatch = row.isMatch
    if (row.isOpen || path.length === 0) {
      for (const [key, child] of childrenOf(value)) {
        if (visit(child, [...path, key])) hasMatch = true
      }
    }
    if (query !== '' && !hasMatch) rows.length = position
    return hasMatch
  }
  visit(root, [])
  return { rows, matchCount }
}

function toRow(value: unknown, path: (string | number)[]): JsonRow {
  const kind = Array.isArray(value) ? 'array' : isObject(value) ? 'object' : 'leaf'
  return {
    path,
    id: JSON.stringify(path),
    key: String(path.at(-1) ?? ''),
    depth: path.length - 1,
    kind,
    text: kind === 'leaf' ? (JSON.stringify(value) ?? 'null') : '',
    leafType: kind === 'leaf' ? leafTypeOf(value) : 'none',
    childCount: kind === 'leaf' ? 0 : childrenOf(value).length,
    isOpen: false,
    isMatch: false,
  }
}

function childrenOf(value: unknown): [string | number, unknown][] {
  if (Array.isArray(value)) return value.map((item, index) => [index, item])
  return isObject(value) ? Object.entries(value) : []
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function leafTypeOf(value: unknown): JsonRow['leafType'] {
  if (typeof value === 'string') return 'string'
  if (typeof value === 'number') return 'number'
  return typeof value === 'boolean' ? 'boolean' : 'null'
}
