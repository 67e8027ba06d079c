import 'server-only'
import { compareCursors, type LineCursor } from '#lib/logs/cursor'
import type { LineBatch } from '#lib/logs/line-batch'
import { compareTimes } from '#lib/logs/nano-time'

/** Lines behind the edge that are looked through for those that the newer part had to leave out. */
const maxBehind = 2_000

/** Where a part of a log begins: its first whole line, and the lines it left out because their beginning may be missing. */
export interface PartEdge {
  first: LineCursor
  torn: LineCursor[]
}

/**
 * The edge of a part read by `tail`: the first line of each stream that is not later than the part's first message may
 * be the rest of a longer one; it, and lines of exactly its time, belong to the older part. Null when no whole line is left.
 */
export function findEdge(batch: LineBatch): { edge: PartEdge; isLeftOut: (index: number) => boolean } | null {
  const head = batch.cursorOf(0)
  const torn: LineCursor[] = []
  const decided = new Set<boolean>()
  const leftOut = new Set<number>()
  let first: LineCursor | null = null
  for (let index = 0; index < batch.count; index += 1) {
    const cursor = batch.cursorOf(index)
    const known = torn.find((line) => line.isStderr === cursor.isStderr)
    const isTorn = known
      ? compareTimes(known, cursor) === 0
      : !decided.has(cursor.isStderr) && (index === 0 || compareTimes(cursor, head) <= 0)
    decided.add(cursor.isStderr)
    if (isTorn) {
      leftOut.add(index)
      if (!known) torn.push(cursor)
    } else first ??= cursor
    if (decided.size === 2 && first && index > 0 && !isTorn) break
  }
  return first && { edge: { first, torn }, isLeftOut: (index) => leftOut.has(index) }
}

/** Reads an older part up to the edge of the newer one, and picks the newer one's left-out lines from behind it. */
export class EdgeReader {
  readonly #edge: PartEdge
  readonly #missing: LineCursor[]
  #isBehind = false
  #behindCount = 0
  isDone = false

  constructor(edge: PartEdge) {
    this.#edge = edge
    this.#missing = [...edge.torn]
  }

  /** Whether this line, the next in the log's order, belongs to the older part. */
  takes(line: LineCursor): boolean {
    if (this.isDone) return false
    const missing = this.#missing.findIndex(
      (torn) => torn.isStderr === line.isStderr && compareTimes(torn, line) === 0,
    )
    if (missing >= 0) this.#missing.splice(missing, 1)
    const { first } = this.#edge
    if (!this.#isBehind && line.isStderr === first.isStderr && compareCursors(line, first) >= 0)
      this.#isBehind = true
    if (!this.#isBehind) return true
    this.#behindCount += 1
    if (this.#missing.length === 0 || this.#behindCount > maxBehind) this.isDone = true
    return missing >= 0
  }
}
