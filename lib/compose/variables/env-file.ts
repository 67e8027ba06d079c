/** One assignment of an env file. */
export interface EnvEntry {
  name: string
  /** Without quotes; escapes and references as written. */
  value: string
  /** Counted from 1. */
  line: number
}

const assignment = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\s*=\s*(.*)$/

/** The assignments of an env file in their order; the last one of a name is the one that counts. Comments and what is no assignment are passed over. */
export function readEnvFile(text: string): EnvEntry[] {
  return text.split('\n').flatMap((raw, index) => {
    const match = assignment.exec(raw.replace(/\r$/, ''))
    const [, name = '', rest = ''] = match ?? []
    return match ? [{ name, value: unquote(rest), line: index + 1 }] : []
  })
}

function unquote(rest: string): string {
  const quoted = /^(["'])(.*?)\1\s*(?:#.*)?$/.exec(rest)
  if (quoted) return quoted[2] ?? ''
  return rest.replace(/\s+#.*$/, '').trim()
}
