import 'server-only'
import type { HistoryContainer } from '#lib/api/history'
import { LineBatch } from '#lib/logs/line-batch'
import { compareTimes, fromMs, type NanoTime } from '#lib/logs/nano-time'
import type { SourceMessage } from '#server/logs/follow/ring'
import { type PackedLines, packLines } from '../packed-lines.ts'
import type { Sql } from '../sql.ts'
import type { HistoryRead } from '../store.ts'
import { locate } from './chunks.ts'
import { findSources, type SourceRow, toHistoryContainer } from './sources.ts'
import { type Timed, Walk } from './walk.ts'

/** An item of a read as it crosses threads. */
export type PackedItem =
  | { kind: 'sources'; sources: HistoryContainer[]; found: string[] }
  | { kind: 'lines'; lines: PackedLines }
  | { kind: 'message'; source: number; message: SourceMessage }
  | { kind: 'end'; isComplete: boolean }

/** Text of one item. */
const itemBytes = 64 * 1024

/** Lines and messages of the targets, merged by time; see `HistoryItem`. */
export async function* readArchive(sql: Sql, request: HistoryRead): AsyncGenerator<PackedItem> {
  const rows = await findSources(sql, request.targets)
  const found: string[] = []
  const walks: Walk[] = []
  const cut: Walk[] = []
  for (const [index, row] of rows.entries())
    walks.push(await beginWalk(sql, row, { index, request, found, cut }))
  yield { kind: 'sources', sources: rows.map(toHistoryContainer), found }
  yield* new Merge(walks, request, cut.length === 0).run()
}

async function beginWalk(
  sql: Sql,
  row: SourceRow,
  { index, request, found, cut }: { index: number; request: HistoryRead; found: string[]; cut: Walk[] },
): Promise<Walk> {
  const isPage = request.direction === 'page'
  const isForwards = request.direction !== 'backwards'
  const cursor = request.cursors?.[row.container_id] ?? null
  const firstLine = row.next_line - row.line_count
  let start = isForwards ? 0 : Number.MAX_SAFE_INTEGER
  let end: number | null = null
  if (cursor) {
    const place = await locate(sql, row.no, cursor)
    if (place.isExact) found.push(row.container_id)
    start = isForwards && place.isExact && !isPage ? place.line + 1 : place.line
  } else if (isPage) start = row.next_line
  if (isPage) {
    end = Math.min(start, row.next_line)
    start = Math.max(firstLine, end - (request.limit ?? 0))
  }
  const isBegin = start <= firstLine
  const walk = new Walk(sql, row.no, index, {
    isForwards,
    start,
    end,
    isPage: isPage && !isBegin,
    startTime: cursor,
    letGo: request.fromMs === undefined && (!isForwards || isBegin) ? letGoGap(row) : null,
    ...(request.fromMs === undefined ? {} : { fromMs: request.fromMs }),
    ...(request.toMs === undefined ? {} : { toMs: request.toMs }),
  })
  if (isPage && !isBegin) cut.push(walk)
  await walk.begin()
  return walk
}

/** What is no longer kept in front of a container's first line. */
function letGoGap(row: SourceRow): Timed | null {
  const count = row.next_line - row.line_count
  if (count === 0) return null
  const time = fromMs(row.first_ms ?? row.last_ms ?? row.created_ms)
  return { type: 'gap', count, reason: 'let-go', detail: row.let_go_by, ...time }
}

class Merge {
  readonly #walks: Walk[]
  readonly #isForwards: boolean
  #left: number
  readonly #isFromStart: boolean
  #out = new LineBatch(itemBytes)

  constructor(walks: Walk[], request: HistoryRead, isFromStart: boolean) {
    this.#walks = walks
    this.#isForwards = request.direction !== 'backwards'
    this.#left = request.direction === 'page' ? Infinity : (request.limit ?? Infinity)
    this.#isFromStart = isFromStart
  }

  async *run(): AsyncGenerator<PackedItem> {
    for (;;) {
      const { first, other } = this.#choose()
      if (!first) break
      const { head } = first
      if (head?.message) {
        yield* this.#flush()
        yield { kind: 'message', source: first.source, message: head.message }
        first.takeMessage()
        continue
      }
      if (this.#left === 0) {
        yield* this.#flush()
        yield { kind: 'end', isComplete: false }
        return
      }
      this.#take(first, other)
      await first.advance()
      if (this.#out.length >= itemBytes) yield* this.#flush()
    }
    yield* this.#flush()
    yield { kind: 'end', isComplete: this.#isFromStart }
  }

  /** The walk whose next line or message is due, and the time of the one after. */
  #choose(): { first: Walk | null; other: NanoTime | null } {
    let first: Walk | null = null
    let firstTime: NanoTime | null = null
    let other: NanoTime | null = null
    for (const walk of this.#walks) {
      const time = walk.head?.time
      if (!time) continue
      if (!firstTime || this.#isDue(time, firstTime)) {
        other = firstTime
        first = walk
        firstTime = time
      } else if (!other || this.#isDue(time, other)) other = time
    }
    return { first, other }
  }

  #isDue(time: NanoTime, than: NanoTime): boolean {
    const order = compareTimes(time, than)
    return this.#isForwards ? order < 0 : order >= 0
  }

  /** Copies lines of a walk until a message, another walk, the item's size, the limit or the chunk's end. */
  #take(walk: Walk, other: NanoTime | null): void {
    const { chunk } = walk
    if (!chunk) return
    for (;;) {
      chunk.copyTo(this.#out, walk.index, walk.source)
      this.#left -= 1
      if (!walk.step() || this.#left === 0 || this.#out.length >= itemBytes) return
      const { head } = walk
      if (!head || head.message) return
      if (other && this.#isDue(other, head.time)) return
    }
  }

  *#flush(): Generator<PackedItem> {
    if (this.#out.count === 0) return
    const lines = this.#out
    this.#out = new LineBatch(itemBytes)
    yield { kind: 'lines', lines: packLines(this.#isForwards ? lines : reversed(lines)) }
  }
}

function reversed(lines: LineBatch): LineBatch {
  const result = new LineBatch(lines.length)
  for (let index = lines.count - 1; index >= 0; index -= 1)
    result.addLine(lines, index, lines.sources[index] ?? 0)
  return result
}
