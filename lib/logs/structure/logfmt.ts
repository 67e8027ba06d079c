const pair = /([A-Za-z_@][\w.@/-]*)=("(?:[^"\\]|\\.)*"|[^\s"]*)(?=\s|$)/y

/** Where one `key=value` stands in a line. */
export interface LogfmtField {
  key: string
  value: string
  /** Of the key, the value as written, and its end. */
  start: number
  valueStart: number
  end: number
}

/** The fields of a line made of `key=value`, two at least, in their order; empty for other lines. Values without their quotes. */
export function parseLogfmt(line: string): LogfmtField[] {
  if (!line.includes('=')) return []
  const fields: LogfmtField[] = []
  let at = 0
  while (at < line.length) {
    pair.lastIndex = at
    const match = pair.exec(line)
    if (match) {
      const [whole, key = '', raw = ''] = match
      const valueStart = at + key.length + 1
      fields.push({ key, value: unquote(raw), start: at, valueStart, end: at + whole.length })
      at += whole.length
    } else {
      const blank = line.indexOf(' ', at)
      if (blank < 0) break
      at = blank
    }
    while (line[at] === ' ') at += 1
  }
  return fields.length >= 2 ? fields : []
}

function unquote(raw: string): string {
  if (!raw.startsWith('"')) return raw
  return raw
    .slice(1, -1)
    .replace(/\\(.)/g, (_, character: string) => ({ n: '\n', t: '\t' })[character] ?? character)
}
