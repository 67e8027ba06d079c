import 'server-only'
import type { HistoryContainer } from '#lib/api/history'
import { compareCursors } from '#lib/logs/cursor'
import { levels as levelNames } from '#lib/logs/level'
import { LineBatch } from '#lib/logs/line-batch'
import { LineMatcher } from '#lib/logs/search/matcher'
import type { Chunk } from '../chunk.ts'
import { type PackedLines, packLines } from '../packed-lines.ts'
import type { Sql } from '../sql.ts'
import type { HistogramRequest, Histogram, HistoryRange, HistoryScan } from '../store.ts'
import { chunkFrom, type PlacedChunk } from './chunks.ts'
import { findSources, type SourceRow, toHistoryContainer } from './sources.ts'

/** `HistoryHits` as they cross threads. */
export interface PackedHits {
  lines: PackedLines
  levels: Uint8Array<ArrayBuffer>
  /** Only with the first. */
  containers: HistoryContainer[] | null
  hitCount: number
  scannedLines: number
  totalLines: number
}

interface ChunkPlace {
  source_no: number
  first_line: number
  line_count: number
  from_ms: number
  to_ms: number
  levels: string
}

interface Hit {
  ms: number
  nanos: number
  source: number
  chunk: Chunk
  index: number
}

/** Work between two looks at who waits. */
const workMs = 50
const itemBytes = 256 * 1024

/** Where the chunks of some containers are, without their lines. */
async function chunkPlaces(sql: Sql, rows: readonly SourceRow[], range: HistoryRange): Promise<ChunkPlace[]> {
  const places: ChunkPlace[] = []
  for (const row of rows)
    places.push(
      ...(await sql.all<ChunkPlace>(
        `SELECT source_no, first_line, line_count, from_ms, to_ms, levels FROM chunk
          WHERE source_no = ? AND to_ms >= ? AND from_ms <= ? ORDER BY first_line`,
        [row.no, range.fromMs ?? 0, range.toMs ?? Number.MAX_SAFE_INTEGER],
      )),
    )
  return places
}

/** The lines of a place, in the one chunk or the several that hold them now. */
async function* linesOf(
  sql: Sql,
  place: ChunkPlace,
  range: HistoryRange,
): AsyncGenerator<PlacedChunk & { from: number; to: number }> {
  const end = place.first_line + place.line_count
  for (let line = place.first_line; line < end; ) {
    const found = await chunkFrom(sql, place.source_no, line, range)
    if (!found || found.firstLine >= end) return
    const from = Math.max(0, line - found.firstLine)
    const to = Math.min(found.chunk.count, end - found.firstLine)
    yield { ...found, from, to }
    line = found.firstLine + to
  }
}

/** Looks through the targets' lines chunk by chunk, in the order of time; hits are handed out as soon as none can come before them. */
export async function* scanArchive(sql: Sql, request: HistoryScan): AsyncGenerator<PackedHits> {
  const rows = await findSources(sql, request.targets)
  const { sinceMs, untilMs } = request.query
  const range = {
    ...(sinceMs === null ? {} : { fromMs: sinceMs }),
    ...(untilMs === null ? {} : { toMs: untilMs }),
  }
  const places = await chunkPlaces(sql, rows, range)
  const isOldest = request.order === 'oldest'
  places.sort((a, b) => (isOldest ? a.from_ms - b.from_ms : b.to_ms - a.to_ms))
  const scan = new Scan(
    rows,
    request,
    places.reduce((sum, place) => sum + place.line_count, 0),
  )
  yield scan.item(rows.map(toHistoryContainer))
  let yieldedAtMs = performance.now()
  for (const [index, place] of places.entries()) {
    if (scan.isWanted(place))
      for await (const part of linesOf(sql, place, range)) scan.look(place.source_no, part)
    scan.scannedLines += place.line_count
    const next = places[index + 1]
    scan.release(next ? (isOldest ? next.from_ms : next.to_ms) : null)
    while (scan.isItemFull) yield scan.item(null)
    if (performance.now() - yieldedAtMs < workMs) continue
    yield scan.item(null)
    yieldedAtMs = performance.now()
  }
  do yield scan.item(null)
  while (scan.hasMore)
}

class Scan {
  readonly #matcher: LineMatcher
  readonly #request: HistoryScan
  readonly #sources: Map<number, { index: number; id: string }>
  readonly #totalLines: number
  readonly #isOldest: boolean
  /** Hits that an earlier one may still come before. */
  #held: Hit[] = []
  #out: Hit[] = []
  #outBytes = 0
  #handedOut = 0
  hitCount = 0
  scannedLines = 0

  constructor(rows: readonly SourceRow[], request: HistoryScan, totalLines: number) {
    this.#matcher = new LineMatcher(request.query)
    this.#request = request
    this.#totalLines = totalLines
    this.#isOldest = request.order === 'oldest'
    this.#sources = new Map(rows.map((row, index) => [row.no, { index, id: row.container_id }]))
  }

  /** False for a chunk that has no line of the wanted levels. */
  isWanted(place: ChunkPlace): boolean {
    const { levels } = this.#request.query
    if (levels.length === 0) return true
    const counts = JSON.parse(place.levels) as number[]
    return levels.some((level) => (counts[levelNames.indexOf(level)] ?? 0) > 0)
  }

  look(sourceNo: number, { chunk, from, to }: PlacedChunk & { from: number; to: number }): void {
    const source = this.#sources.get(sourceNo)
    if (!source) return
    const { before, maxHits } = this.#request
    const limit = before?.[source.id]
    const { indexes } = this.#matcher.match(chunk)
    for (const index of indexes) {
      if (index < from || index >= to) continue
      if (limit && compareCursors(chunk.cursorOf(index), limit) >= 0) continue
      this.hitCount += 1
      if (this.#handedOut + this.#out.length >= maxHits) continue
      const ms = chunk.msOf(index)
      this.#held.push({ ms, nanos: chunk.nanos[index] ?? 0, source: source.index, chunk, index })
    }
  }

  /** Nothing that comes is before `edgeMs` in the order asked for; null when nothing comes. */
  release(edgeMs: number | null): void {
    if (this.#held.length === 0) return
    const isDue = (hit: Hit): boolean =>
      edgeMs === null || (this.#isOldest ? hit.ms < edgeMs : hit.ms > edgeMs)
    const due = this.#held.filter(isDue)
    if (due.length === 0) return
    this.#held = this.#held.filter((hit) => !isDue(hit))
    const sign = this.#isOldest ? 1 : -1
    // Seconds are in `ms`; within one the nanoseconds decide, then the Engine's own order.
    due.sort(
      (a, b) => sign * (a.ms - b.ms || a.nanos - b.nanos || (a.chunk === b.chunk ? a.index - b.index : 0)),
    )
    const room = this.#request.maxHits - this.#handedOut - this.#out.length
    for (const hit of due.slice(0, Math.max(0, room))) {
      this.#out.push(hit)
      this.#outBytes += (hit.chunk.ends[hit.index] ?? 0) - hit.chunk.startOf(hit.index)
    }
  }

  get hasMore(): boolean {
    return this.#out.length > 0
  }

  get isItemFull(): boolean {
    return this.#outBytes >= itemBytes
  }

  /** What is due, up to the size of one item, and how far the scan is. */
  item(containers: HistoryContainer[] | null): PackedHits {
    const lines = new LineBatch(1024)
    const levels: number[] = []
    let taken = 0
    for (const hit of this.#out) {
      if (lines.length >= itemBytes) break
      hit.chunk.copyTo(lines, hit.index, hit.source)
      levels.push(hit.chunk.levels[hit.index] ?? 0)
      taken += 1
    }
    this.#out.splice(0, taken)
    this.#outBytes = Math.max(0, this.#outBytes - lines.length)
    if (this.#out.length === 0) this.#outBytes = 0
    this.#handedOut += taken
    return {
      lines: packLines(lines),
      levels: Uint8Array.from(levels),
      containers,
      hitCount: this.hitCount,
      scannedLines: this.scannedLines,
      totalLines: this.#totalLines,
    }
  }
}

/** How many lines of each level each bucket has. A chunk within one bucket is counted without being read. */
export async function countInBuckets(sql: Sql, request: HistogramRequest): Promise<Histogram> {
  const { bucketMs } = request
  const rows = await findSources(sql, request.targets)
  const places = await chunkPlaces(sql, rows, request)
  const fromMs = Math.max(request.fromMs ?? 0, Math.min(...places.map((place) => place.from_ms)))
  const toMs = Math.min(request.toMs ?? Infinity, Math.max(...places.map((place) => place.to_ms)))
  const startMs = Math.floor(fromMs / bucketMs) * bucketMs
  if (places.length === 0 || toMs < fromMs) return { startMs: 0, bucketMs, counts: [] }
  const counts = Array.from({ length: Math.floor((toMs - startMs) / bucketMs) + 1 }, () =>
    Array.from(levelNames, () => 0),
  )
  const add = (ms: number, level: number, count: number): void => {
    const bucket = counts[Math.floor((ms - startMs) / bucketMs)]
    if (bucket) bucket[level] = (bucket[level] ?? 0) + count
  }
  for (const place of places) {
    const isInside = place.from_ms >= fromMs && place.to_ms <= toMs
    if (isInside && Math.floor(place.from_ms / bucketMs) === Math.floor(place.to_ms / bucketMs)) {
      for (const [level, count] of (JSON.parse(place.levels) as number[]).entries())
        add(place.from_ms, level, count)
      continue
    }
    for await (const { chunk, from, to } of linesOf(sql, place, request))
      for (let index = from; index < to; index += 1) {
        const ms = chunk.msOf(index)
        if (ms >= fromMs && ms <= toMs) add(ms, chunk.levels[index] ?? 0, 1)
      }
  }
  return { startMs, bucketMs, counts }
}
