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
