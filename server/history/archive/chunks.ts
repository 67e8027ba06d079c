import 'server-only'
import type { LineCursor } from '#lib/logs/cursor'
import { compareCursors } from '#lib/logs/cursor'
import { type Chunk, decodeChunk } from '../chunk.ts'
import type { Sql } from '../sql.ts'
import type { HistoryRange } from '../store.ts'

interface ChunkRow {
  first_line: number
  line_count: number
  text_bytes: number
  data: Uint8Array
}

/** A chunk and which line of its container its first one is. */
export interface PlacedChunk {
  firstLine: number
  chunk: Chunk
}

const columns = 'first_line, line_count, text_bytes, data'

function placed(row: ChunkRow | undefined): PlacedChunk | null {
  return row
    ? { firstLine: row.first_line, chunk: decodeChunk(row.data, row.text_bytes, row.line_count) }
    : null
}

/**
 * The chunk with line `line` of a container, or the first one behind it, within the range. Asked for one by one: a writer
 * may have made several small chunks one in between, which changes none of the lines' numbers.
 */
export async function chunkFrom(
  sql: Sql,
  sourceNo: number,
  line: number,
  range: HistoryRange,
): Promise<PlacedChunk | null> {
  const [row] = await sql.all<ChunkRow>(
    `SELECT ${columns} FROM chunk WHERE source_no = ? AND first_line + line_count > ? AND to_ms >= ? AND from_ms <= ?
      AND first_line >= COALESCE((SELECT MAX(first_line) FROM chunk WHERE source_no = ? AND first_line <= ?), 0)
      ORDER BY first_line LIMIT 1`,
    [sourceNo, line, range.fromMs ?? 0, range.toMs ?? Number.MAX_SAFE_INTEGER, sourceNo, line],
  )
  return placed(row)
}

/** The last chunk that begins in front of line `line`, within the range. */
export async function chunkBefore(
  sql: Sql,
  sourceNo: number,
  line: number,
  range: HistoryRange,
): Promise<PlacedChunk | null> {
  const [row] = await sql.all<ChunkRow>(
    `SELECT ${columns} FROM chunk WHERE source_no = ? AND first_line < ? AND to_ms >= ? AND from_ms <= ?
      ORDER BY first_line DESC LIMIT 1`,
    [sourceNo, line, range.fromMs ?? 0, range.toMs ?? Number.MAX_SAFE_INTEGER],
  )
  return placed(row)
}

/** Number of the line a cursor names. `isExact` false: it is not kept, and this is the first line of its time or later. */
export async function locate(
  sql: Sql,
  sourceNo: number,
  cursor: LineCursor,
): Promise<{ line: number; isExact: boolean }> {
  const ms = cursor.seconds * 1000 + Math.floor(cursor.nanos / 1e6)
  const range = { fromMs: ms }
  let first: number | null = null
  for (let at = await chunkFrom(sql, sourceNo, 0, range); at; ) {
    const { firstLine, chunk } = at
    for (let index = 0; index < chunk.count; index += 1) {
      const line = chunk.cursorOf(index)
      const order = compareCursors(line, cursor)
      if (order === 0 && line.isStderr === cursor.isStderr) return { line: firstLine + index, isExact: true }
      if (order >= 0) first ??= firstLine + index
    }
    // The two streams are stamped by two hands, never a second apart.
    if (chunk.msOf(chunk.count - 1) > ms + 1_000) break
    at = await chunkFrom(sql, sourceNo, firstLine + chunk.count, range)
  }
  return { line: first ?? Number.MAX_SAFE_INTEGER, isExact: false }
}
