import type { LineCursor } from '../cursor.ts'
import { lineFlags } from '../line-assembler.ts'
import { compareTimes } from '../nano-time.ts'
import { eachLine, type LogLines } from '../wire.ts'

/** One line that a search found. */
export interface Hit {
  source: number
  cursor: LineCursor
  text: string
}

/** The hits of a search, newest first, at most `cap` of each source. What it let go or never got, it says. */
export class HitList {
  readonly #cap: number
  #hits: Hit[] = []
  #isSorted = true
  /** How many of each source are held. */
  readonly #held = new Map<number, number>()

  constructor(cap: number) {
    this.#cap = cap
  }

  add(message: LogLines): void {
    const ordinals = new Map(message.ordinals)
    eachLine(message, ({ time, source, flags, text, index }) => {
      const isStderr = (flags & lineFlags.stderr) !== 0
      this.#hits.push({ source, cursor: { ...time, isStderr, ordinal: ordinals.get(index) ?? 0 }, text })
      this.#held.set(source, (this.#held.get(source) ?? 0) + 1)
    })
    this.#isSorted = false
  }

  /** Newest first. */
  get all(): readonly Hit[] {
    if (this.#isSorted) return this.#hits
    this.#hits.sort((a, b) => compareTimes(b.cursor, a.cursor))
    this.#trim()
    this.#isSorted = true
    return this.#hits
  }

  #trim(): void {
    if ([...this.#held.values()].every((count) => count <= this.#cap)) return
    const kept = new Map<number, number>()
    this.#hits = this.#hits.filter(({ source }) => {
      const count = (kept.get(source) ?? 0) + 1
      if (count > this.#cap) return false
      kept.set(source, count)
      return true
    })
    for (const [source, count] of kept) this.#held.set(source, count)
  }
}

/**
 * From which hit on (newest first) not every hit is listed: behind the oldest one of a source that has more than are
 * held. `counts` are the hits there are, by source. Null: all are listed.
 */
export function listedUntil(hits: readonly Hit[], counts: ReadonlyMap<number, number>): number | null {
  const held = new Map<number, number>()
  for (const { source } of hits) held.set(source, (held.get(source) ?? 0) + 1)
  const capped = new Set(
    [...counts].filter(([source, count]) => count > (held.get(source) ?? 0)).map(([source]) => source),
  )
  if (capped.size === 0) return null
  // A source's own list ends at its oldest hit held; the first list that ends bounds them all.
  let end = hits.length
  for (const source of capped) end = Math.min(end, hits.findLastIndex((hit) => hit.source === source) + 1)
  return end
}
