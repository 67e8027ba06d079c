import 'server-only'
import type { SQLInputValue, SQLOutputValue } from 'node:sqlite'
import { auditCsvHead, auditCsvLine, type AuditEntry, type AuditPage } from '#lib/api/audit'
import type { AuditFilter } from '#lib/api/audit-request'
import { authStore } from './store.ts'

const exportPage = 500

/** The rows a filter lets through, newest first; `before` is the id below which to go on. */
export function readAudit(filter: AuditFilter, limit: number, before: number | null): AuditPage {
  const { where, values } = conditions(filter)
  const rows = authStore()
    .prepare(`SELECT * FROM audit WHERE id < ?${where} ORDER BY id DESC LIMIT ?`)
    .all(before ?? Number.MAX_SAFE_INTEGER, ...values, limit + 1)
  const entries = rows.slice(0, limit).map(toEntry)
  return { entries, nextBefore: rows.length > limit ? (entries.at(-1)?.id ?? null) : null }
}

/** The audit as a file, newest first, read a page at a time as fast as it is taken: JSON lines or CSV. */
export function exportAudit(filter: AuditFilter, format: 'jsonl' | 'csv'): Response {
  const encoder = new TextEncoder()
  let before: number | null = null
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      if (format === 'csv') controller.enqueue(encoder.encode(auditCsvHead))
    },
    pull: (controller) => {
      const page = readAudit(filter, exportPage, before)
      const text = page.entries.map((entry) =>
        format === 'csv' ? auditCsvLine(entry) : `${JSON.stringify(entry)}\n`,
      )
      if (text.length > 0) controller.enqueue(encoder.encode(text.join('')))
      before = page.nextBefore
      if (before === null) controller.close()
    },
  })
  return new Response(body, {
    headers: {
      'content-type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8',
      'content-disposition': `attachment; filename="composure-audit.${format}"`,
      'cache-control': 'no-store, no-transform',
    },
  })
}

function conditions(filter: AuditFilter): { where: string; values: SQLInputValue[] } {
  const parts: [string, ...SQLInputValue[]][] = []
  const contains = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`
  if (filter.user) parts.push([String.raw`user LIKE ? ESCAPE '\'`, contains(filter.user)])
  if (filter.action) parts.push([String.raw`action LIKE ? ESCAPE '\'`, contains(filter.action)])
  if (filter.target) {
    const word = contains(filter.target)
    parts.push([String.raw`(target_name LIKE ? ESCAPE '\' OR target_id LIKE ? ESCAPE '\')`, word, word])
  }
  if (filter.result === 'unknown') parts.push(['result IS NULL'])
  else if (filter.result) parts.push(['result = ?', filter.result])
  if (filter.from !== undefined) parts.push(['at >= ?', filter.from])
  if (filter.to !== undefined) parts.push(['at < ?', filter.to])
  return {
    where: parts.map(([sql]) => ` AND ${sql}`).join(''),
    values: parts.flatMap(([, ...values]) => values),
  }
}

function toEntry(row: Record<string, SQLOutputValue>): AuditEntry {
  return {
    id: Number(row.id),
    atMs: Number(row.at),
    user: String(row.user),
    role: String(row.role),
    token: String(row.token),
    ip: String(row.ip),
    action: String(row.action),
    targetId: String(row.target_id),
    targetName: String(row.target_name),
    params: JSON.parse(String(row.params)) as Record<string, unknown>,
    result: row.result === null ? 'unknown' : (row.result as AuditEntry['result']),
    error: row.error === null ? null : String(row.error),
    durationMs: row.duration_ms === null ? null : Number(row.duration_ms),
  }
}
