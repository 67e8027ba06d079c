import 'server-only'
import type { HistoryLimits } from '#lib/api/history'
import { formatBytes } from '#lib/format/bytes'
import type { Sql, SqlValue } from '../sql.ts'
import type { HistoryTarget } from '../store.ts'
import { findSources, type SourceRow } from './sources.ts'

const dayMs = 86_400_000
/** Chunks let go in one transaction. */
const chunksAtOnce = 64
/** Chunks let go in one call: writers wait for it, and who wants the rest gone calls again. */
const chunksPerCall = 1_024

interface OldChunk {
  source_no: number
  first_line: number
  line_count: number
  stored_bytes: number
}

/** Lets go of the oldest lines beyond each limit; answers how many lines went. Once it is 0, nothing is beyond a limit. */
export async function trimArchive(
  sql: Sql,
  limits: HistoryLimits,
  nowMs: number,
  keepIds: readonly string[],
): Promise<number> {
  const days = limits.maxAgeDays
  const budget = { chunks: chunksPerCall }
  let lineCount = await letGo(
    sql,
    budget,
    'to_ms < ?',
    [nowMs - days * dayMs],
    Infinity,
    `older than ${days} days`,
  )
  const services = await sql.all<{ project: string; service: string; used: number }>(
    'SELECT project, service, SUM(stored_bytes) AS used FROM source GROUP BY project, service',
  )
  for (const { project, service, used } of services) {
    const over = used - limits.maxServiceBytes
    if (over <= 0) continue
    const inService = 'source_no IN (SELECT no FROM source WHERE project = ? AND service = ?)'
    const by = `the limit of ${formatBytes(limits.maxServiceBytes)} for one service`
    lineCount += await letGo(sql, budget, inService, [project, service], over, by)
  }
  const [all] = await sql.all<{ used: number | null }>('SELECT SUM(stored_bytes) AS used FROM source')
  const over = Number(all?.used ?? 0) - limits.maxBytes
  if (over > 0)
    lineCount += await letGo(
      sql,
      budget,
      '1 = 1',
      [],
      over,
      `the limit of ${formatBytes(limits.maxBytes)} for all logs`,
    )
  await forgetEmpty(sql, keepIds)
  await sql.giveBack()
  return lineCount
}

/** Deletes every line of a target. Containers that are still there go on being recorded behind them. */
export async function removeFromArchive(
  sql: Sql,
  target: HistoryTarget,
  keepIds: readonly string[],
): Promise<number> {
  const sources = await findSources(sql, [target])
  const lineCount = sources.reduce((sum, source) => sum + source.line_count, 0)
  await sql.transaction(async () => {
    for (const source of sources) {
      if (!keepIds.includes(source.container_id)) await forget(sql, source.no)
      else await empty(sql, source)
    }
  })
  await sql.giveBack()
  return lineCount
}

async function empty(sql: Sql, source: SourceRow): Promise<void> {
  await sql.run('DELETE FROM chunk WHERE source_no = ?', [source.no])
  await sql.run('DELETE FROM mark WHERE source_no = ?', [source.no])
  await sql.run(
    `UPDATE source SET line_count = 0, text_bytes = 0, stored_bytes = 0, first_ms = NULL, let_go_by = 'deleted by hand'
      WHERE no = ?`,
    [source.no],
  )
}

async function forget(sql: Sql, sourceNo: number): Promise<void> {
  for (const table of ['chunk', 'mark']) await sql.run(`DELETE FROM ${table} WHERE source_no = ?`, [sourceNo])
  await sql.run('DELETE FROM source WHERE no = ?', [sourceNo])
}

/** The oldest chunks that fit `where`, until `overBytes` are gone; one transaction for some at a time. */
async function letGo(
  sql: Sql,
  budget: { chunks: number },
  where: string,
  params: readonly SqlValue[],
  overBytes: number,
  by: string,
): Promise<number> {
  let lineCount = 0
  for (let left = overBytes; left > 0 && budget.chunks > 0; ) {
    const old = await sql.all<OldChunk>(
      `SELECT source_no, first_line, line_count, stored_bytes FROM chunk WHERE ${where}
        ORDER BY to_ms, source_no, first_line LIMIT ${chunksAtOnce}`,
      params,
    )
    const going: OldChunk[] = []
    for (const chunk of old) {
      if (left <= 0) break
      going.push(chunk)
      left -= chunk.stored_bytes
      lineCount += chunk.line_count
    }
    if (going.length === 0) break
    budget.chunks -= going.length
    await sql.transaction(() => deleteChunks(sql, going, by))
  }
  return lineCount
}

async function deleteChunks(sql: Sql, chunks: readonly OldChunk[], by: string): Promise<void> {
  for (const { source_no, first_line } of chunks)
    await sql.run('DELETE FROM chunk WHERE source_no = ? AND first_line = ?', [source_no, first_line])
  for (const sourceNo of new Set(chunks.map((chunk) => chunk.source_no))) await recount(sql, sourceNo, by)
}

/** Sums of a container's row from what it still has; its messages go with the lines they stood among. */
async function recount(sql: Sql, sourceNo: number, by: string): Promise<void> {
  await sql.run(
    `UPDATE source SET let_go_by = ?,
      line_count = COALESCE((SELECT SUM(line_count) FROM chunk WHERE source_no = source.no), 0),
      text_bytes = COALESCE((SELECT SUM(text_bytes) FROM chunk WHERE source_no = source.no), 0),
      stored_bytes = COALESCE((SELECT SUM(stored_bytes) FROM chunk WHERE source_no = source.no), 0),
      first_ms = (SELECT MIN(from_ms) FROM chunk WHERE source_no = source.no)
      WHERE no = ?`,
    [by, sourceNo],
  )
  await sql.run(
    `DELETE FROM mark WHERE source_no = ?
      AND seconds < (SELECT COALESCE(first_ms, last_ms, 0) / 1000 FROM source WHERE no = ?)`,
    [sourceNo, sourceNo],
  )
}

/** Containers that are gone and of which no line is kept. */
async function forgetEmpty(sql: Sql, keepIds: readonly string[]): Promise<void> {
  const empty = await sql.all<{ no: number; container_id: string }>(
    'SELECT no, container_id FROM source WHERE line_count = 0 AND is_removed = 1',
  )
  for (const { no, container_id } of empty)
    if (!keepIds.includes(container_id)) await sql.transaction(() => forget(sql, no))
}
