import 'server-only'
import { formatCursor, type LineCursor } from '#lib/logs/cursor'
import { detectLevel, levels as levelNames } from '#lib/logs/level'
import { LineBatch } from '#lib/logs/line-batch'
import type { SourceMessage } from '#server/logs/follow/ring'
import { chunkTextBytes, decodeChunk, encodeChunk } from '../chunk.ts'
import { HistoryFailure } from '../failure.ts'
import { type PackedLines, unpackLines } from '../packed-lines.ts'
import type { Sql } from '../sql.ts'
import type { RecordedContainer, RecordingMark, RecordingPlace } from '../store.ts'
import { parseCursor } from '#lib/logs/cursor'
import { findSources, type SourceRow } from './sources.ts'

/** `HistoryAppend` as it crosses threads. */
export interface PackedAppend {
  container: RecordedContainer
  entries: ({ lines: PackedLines } | { message: SourceMessage })[]
  mark: RecordingMark
  after: LineCursor | null
}

/** Lines of one chunk at most; empty lines have no text that would end it. */
const chunkLines = 16_384
/** A quiet container's lines come in many small pieces; this many are made one. */
const maxOpenChunks = 32

interface OpenChunk {
  first_line: number
  line_count: number
  text_bytes: number
  stored_bytes: number
  data: Uint8Array
}

/** Where recording of a container stands; null when it never was. */
export async function readPlace(sql: Sql, containerId: string): Promise<RecordingPlace | null> {
  const [row] = await findSources(sql, [{ containerId }])
  if (!row) return null
  return {
    after: parseCursor(row.last_cursor),
    mark: {
      startedAtMs: row.started_ms,
      endedStartMs: row.ended_start_ms,
      isRemoved: row.is_removed === 1,
    },
  }
}

/** Writes what came of some containers in one transaction. Throws `HistoryFailure` with `conflict` when the store is elsewhere. */
export async function appendAll(sql: Sql, appends: readonly PackedAppend[]): Promise<void> {
  await sql.transaction(async () => {
    for (const append of appends) await appendOne(sql, append)
  })
}

/** Writes as much as a moment of a busy log, and takes it away again. */
export async function probeArchive(sql: Sql): Promise<void> {
  await sql.transaction(async () => {
    await sql.run("INSERT INTO setting (name, value) VALUES ('probe', ?)", ['x'.repeat(chunkTextBytes)])
    await sql.run("DELETE FROM setting WHERE name = 'probe'")
  })
}

async function appendOne(sql: Sql, append: PackedAppend): Promise<void> {
  const source = await findOrMake(sql, append)
  if (source.last_cursor !== cursorText(append.after))
    throw new HistoryFailure('conflict', 'The log archive was written to by somebody else.')
  const lines = new LineBatch(64 * 1024)
  for (const entry of append.entries) {
    if ('message' in entry) await addMark(sql, source.no, entry.message)
    else {
      const batch = unpackLines(entry.lines)
      lines.addRange(batch, 0, batch.count, 0)
    }
  }
  const { container, mark } = append
  const grown =
    lines.count > 0 ? await writeLines(sql, source, lines) : { storedBytes: 0, fromMs: null, toMs: null }
  const last = lines.count > 0 ? formatCursor(lines.cursorOf(lines.count - 1)) : source.last_cursor
  await sql.run(
    `UPDATE source SET name = ?, started_ms = ?, ended_start_ms = ?, is_removed = ?, last_cursor = ?,
      next_line = next_line + ?, line_count = line_count + ?, text_bytes = text_bytes + ?, stored_bytes = stored_bytes + ?,
      first_ms = ?, last_ms = ? WHERE no = ?`,
    [
      container.name,
      mark.startedAtMs,
      mark.endedStartMs,
      mark.isRemoved ? 1 : 0,
      last,
      lines.count,
      lines.count,
      lines.length,
      grown.storedBytes,
      source.first_ms ?? grown.fromMs,
      Math.max(source.last_ms ?? 0, grown.toMs ?? 0) || null,
      source.no,
    ],
  )
}

const cursorText = (cursor: LineCursor | null): string => (cursor ? formatCursor(cursor) : '')

async function findOrMake(sql: Sql, { container }: PackedAppend): Promise<SourceRow> {
  const [known] = await findSources(sql, [{ containerId: container.containerId }])
  if (known) return known
  const [made] = await sql.all<SourceRow>(
    `INSERT INTO source (container_id, name, project, service, number, is_one_off, is_removed, created_ms, last_cursor,
      next_line, line_count, text_bytes, stored_bytes) VALUES (?, ?, ?, ?, ?, ?, 0, ?, '', 0, 0, 0, 0) RETURNING *`,
    [
      container.containerId,
      container.name,
      container.project,
      container.service,
      container.number,
      container.isOneOff ? 1 : 0,
      container.createdAtMs,
    ],
  )
  if (!made) throw new Error('the database did not say which row it made')
  return made
}

async function addMark(sql: Sql, sourceNo: number, message: SourceMessage): Promise<void> {
  if (message.type === 'state') return
  await sql.run('INSERT INTO mark (source_no, seconds, nanos, message) VALUES (?, ?, ?, ?)', [
    sourceNo,
    message.seconds,
    message.nanos,
    JSON.stringify(message),
  ])
}

interface Grown {
  storedBytes: number
  fromMs: number | null
  toMs: number | null
}

/** Appends lines behind the open chunks; where those are enough for a sealed one, or too many, they are made anew. */
async function writeLines(sql: Sql, source: SourceRow, lines: LineBatch): Promise<Grown> {
  const open = await sql.all<OpenChunk>(
    `SELECT first_line, line_count, text_bytes, stored_bytes, data FROM chunk
      WHERE source_no = ? AND is_sealed = 0 ORDER BY first_line`,
    [source.no],
  )
  const levels = levelsOf(lines)
  const textBytes = open.reduce((sum, chunk) => sum + chunk.text_bytes, lines.length)
  const lineCount = open.reduce((sum, chunk) => sum + chunk.line_count, lines.count)
  const [first] = open
  if (!first || (textBytes < chunkTextBytes && lineCount < chunkLines && open.length < maxOpenChunks))
    return writeChunks(sql, source.no, source.next_line, lines, levels)
  const all = new LineBatch(textBytes + lineCount)
  const allLevels = new Uint8Array(lineCount)
  for (const each of open) {
    const chunk = decodeChunk(each.data, each.text_bytes, each.line_count)
    allLevels.set(chunk.levels, all.count)
    for (let index = 0; index < chunk.count; index += 1) chunk.copyTo(all, index, 0)
  }
  allLevels.set(levels, all.count)
  all.addRange(lines, 0, lines.count, 0)
  await sql.run('DELETE FROM chunk WHERE source_no = ? AND is_sealed = 0', [source.no])
  const grown = await writeChunks(sql, source.no, first.first_line, all, allLevels)
  return {
    ...grown,
    storedBytes: grown.storedBytes - open.reduce((sum, chunk) => sum + chunk.stored_bytes, 0),
  }
}

async function writeChunks(
  sql: Sql,
  sourceNo: number,
  firstLine: number,
  lines: LineBatch,
  levels: Uint8Array,
): Promise<Grown> {
  const grown: Grown = { storedBytes: 0, fromMs: null, toMs: null }
  for (let from = 0; from < lines.count; ) {
    const to = endOfChunk(lines, from)
    const isSealed = to < lines.count || isFull(lines, from, to)
    const data = encodeChunk(lines, levels, from, to)
    const { fromMs, toMs } = timesOf(lines, from, to)
    const textBytes = (lines.ends[to - 1] ?? 0) - lines.startOf(from)
    await sql.run(
      `INSERT INTO chunk (source_no, first_line, is_sealed, line_count, text_bytes, stored_bytes, from_ms, to_ms, levels, data)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        sourceNo,
        firstLine + from,
        isSealed ? 1 : 0,
        to - from,
        textBytes,
        data.length,
        fromMs,
        toMs,
        JSON.stringify(countLevels(levels.subarray(from, to))),
        data,
      ],
    )
    grown.storedBytes += data.length
    grown.fromMs = Math.min(grown.fromMs ?? Infinity, fromMs)
    grown.toMs = Math.max(grown.toMs ?? 0, toMs)
    from = to
  }
  return grown
}

function endOfChunk(lines: LineBatch, from: number): number {
  const start = lines.startOf(from)
  let to = from + 1
  while (to < lines.count && !isFull(lines, from, to) && (lines.ends[to] ?? 0) - start < 2 * chunkTextBytes)
    to += 1
  return to
}

function isFull(lines: LineBatch, from: number, to: number): boolean {
  return to - from >= chunkLines || (lines.ends[to - 1] ?? 0) - lines.startOf(from) >= chunkTextBytes
}

function timesOf(lines: LineBatch, from: number, to: number): { fromMs: number; toMs: number } {
  let fromMs = Infinity
  let toMs = 0
  for (let index = from; index < to; index += 1) {
    const ms = (lines.seconds[index] ?? 0) * 1000 + Math.floor((lines.nanos[index] ?? 0) / 1e6)
    fromMs = Math.min(fromMs, ms)
    toMs = Math.max(toMs, ms)
  }
  return { fromMs, toMs }
}

function levelsOf(lines: LineBatch): Uint8Array {
  // Whatever bytes are no text, a line feed stays one: as many texts as lines.
  return Uint8Array.from(lines.text().split('\n'), detectLevel)
}

function countLevels(levels: Uint8Array): number[] {
  const counts = Array.from(levelNames, () => 0)
  for (const level of levels) counts[level] = (counts[level] ?? 0) + 1
  return counts
}
