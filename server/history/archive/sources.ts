import 'server-only'
import type { HistoryContainer } from '#lib/api/history'
import type { Sql, SqlValue } from '../sql.ts'
import type { HistoryTarget } from '../store.ts'

/** A row of the table `source`: one container. */
export interface SourceRow {
  no: number
  container_id: string
  name: string
  project: string
  service: string
  number: number
  is_one_off: number
  is_removed: number
  created_ms: number
  started_ms: number | null
  ended_start_ms: number | null
  last_cursor: string
  /** Why its first lines are not kept: the words of a limit, or empty while all are. */
  let_go_by: string
  next_line: number
  line_count: number
  text_bytes: number
  stored_bytes: number
  first_ms: number | null
  last_ms: number | null
}

/** The containers of the targets, or all, from the oldest to the youngest. */
export async function findSources(sql: Sql, targets?: readonly HistoryTarget[]): Promise<SourceRow[]> {
  if (targets?.length === 0) return []
  const params: SqlValue[] = []
  const conditions = targets?.map((target) => condition(target, params)) ?? []
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' OR ')}` : ''
  return sql.all<SourceRow>(`SELECT * FROM source ${where} ORDER BY created_ms, no`, params)
}

function condition(target: HistoryTarget, params: SqlValue[]): string {
  if ('containerId' in target) {
    params.push(target.containerId)
    return 'container_id = ?'
  }
  if ('idPrefix' in target) {
    // Ids are hex: nothing in them means anything to LIKE.
    params.push(`${target.idPrefix.replace(/[^0-9a-f]/g, '')}%`)
    return 'container_id LIKE ?'
  }
  params.push(target.project)
  let text = 'project = ?'
  if (target.service !== undefined) {
    params.push(target.service)
    text += ' AND service = ?'
  }
  if (target.number !== undefined) {
    params.push(target.number)
    text += ' AND number = ? AND is_one_off = 0'
  }
  return `(${text})`
}

export function toHistoryContainer(row: SourceRow): HistoryContainer {
  return {
    containerId: row.container_id,
    name: row.name,
    project: row.project,
    service: row.service,
    number: row.number,
    isOneOff: row.is_one_off === 1,
    isRemoved: row.is_removed === 1,
    createdAtMs: row.created_ms,
    firstLineAtMs: row.first_ms,
    lastLineAtMs: row.last_ms,
    lineCount: row.line_count,
    textBytes: row.text_bytes,
    storedBytes: row.stored_bytes,
    letGoLines: row.next_line - row.line_count,
  }
}
