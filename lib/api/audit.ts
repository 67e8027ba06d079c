/** One action somebody did or tried. `unknown`: it has not ended yet, or Composure was killed while it ran. */
export interface AuditEntry {
  id: number
  atMs: number
  user: string
  role: string
  /** The API token it was done with; empty for a browser. */
  token: string
  ip: string
  /** `noun.verb`, e.g. `container.stop`. */
  action: string
  targetId: string
  targetName: string
  params: Record<string, unknown>
  result: 'ok' | 'denied' | 'failed' | 'unknown'
  /** The error's code, when it was not `ok`. */
  error: string | null
  durationMs: number | null
}

/** Body of `GET /api/audit?limit=&before=`: newest first; pass `nextBefore` as `before` to go on. */
export interface AuditPage {
  entries: AuditEntry[]
  nextBefore: number | null
}

export const auditResults = ['ok', 'denied', 'failed', 'unknown'] as const

const columns = [
  'at',
  'user',
  'role',
  'token',
  'ip',
  'action',
  'target',
  'target id',
  'result',
  'error',
  'ms',
  'parameters',
] as const

/** The head of the audit as CSV, with its line end. */
export const auditCsvHead = `${columns.join(',')}\r\n`

/** An entry as a line of CSV. What a spreadsheet would run as a formula is given as text. */
export function auditCsvLine(entry: AuditEntry): string {
  const cells = [
    new Date(entry.atMs).toISOString(),
    entry.user,
    entry.role,
    entry.token,
    entry.ip,
    entry.action,
    entry.targetName,
    entry.targetId,
    entry.result,
    entry.error ?? '',
    entry.durationMs === null ? '' : String(entry.durationMs),
    JSON.stringify(entry.params),
  ]
  return `${cells.map(cell).join(',')}\r\n`
}

function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n']/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
