import 'server-only'
import { parseCursor } from '#lib/logs/cursor'
import type { LogQuery } from '#lib/logs/search/query'
import type { SourceRow } from '#server/history/archive/sources'
import type { HistoryRange } from '#server/history/store'
import type { Archive } from './archive.ts'
import type { EngineScan, ScanSink } from './engine-scan.ts'
import type { ThreadSource } from './thread-protocol.ts'

/** Chunks (256 KiB of text) looked at before another container has its turn. */
const chunksAtOnce = 4

/**
 * The search of one container's log wherever its lines are, newest first: at the Engine what the archive does not have
 * yet, then the archive, then what the archive let go of and the Engine still has. A line both have is looked at once.
 */
export class JoinedScan {
  readonly #source: ThreadSource
  readonly #engine: EngineScan
  readonly #archive: Archive | null
  readonly #query: LogQuery
  readonly #sink: ScanSink
  /** Undefined before the first step. */
  #row: SourceRow | null | undefined = undefined
  /** Lines of the archive from this one on are through. */
  #line = 0
  #seenLines = 0
  #isArchiveBroken = false

  constructor(
    source: ThreadSource,
    engine: EngineScan,
    archive: Archive | null,
    query: LogQuery,
    sink: ScanSink,
  ) {
    this.#source = source
    this.#engine = engine
    this.#archive = archive
    this.#query = query
    this.#sink = sink
  }

  /** Looks at a part; says whether there is more. */
  async step(): Promise<boolean> {
    if (this.#row === undefined) return this.#begin()
    if (this.#row === null) return this.#stepEngine()
    const { row, archive } = { row: this.#row, archive: this.#archive }
    if (archive && (await this.#readChunks(archive, row))) return true
    if (archive && this.#source.isInEngine) await this.#readInFront(archive, row)
    return false
  }

  async #begin(): Promise<boolean> {
    this.#row =
      (await this.#archive?.find(this.#source.containerId).catch(() => {
        this.#isArchiveBroken = true
        return null
      })) ?? null
    const last = this.#row && parseCursor(this.#row.last_cursor)
    if (!this.#row || !last) {
      this.#row = null
      return this.#stepEngine()
    }
    this.#line = this.#row.next_line
    if (this.#source.isInEngine) await this.#engine.readBehind(last)
    return true
  }

  /** Where there is no archive of it. */
  async #stepEngine(): Promise<boolean> {
    if (this.#source.isInEngine && (await this.#engine.step())) return true
    if (this.#isArchiveBroken)
      throw new Error('The log archive cannot be read; what the Engine has was looked at.')
    return false
  }

  /** The next few chunks; false when there are none. */
  async #readChunks(archive: Archive, row: SourceRow): Promise<boolean> {
    for (let count = 0; count < chunksAtOnce; count += 1) {
      const placed = await archive.chunkBefore(row.no, this.#line, this.#range())
      if (!placed) return false
      const { firstLine, chunk } = placed
      const to = Math.min(chunk.count, this.#line - firstLine)
      this.#sink.take(
        { lines: chunk, copy: (index, batch, source) => chunk.copyTo(batch, index, source) },
        to === chunk.count ? null : (index) => index < to,
      )
      this.#sink.endPart()
      this.#line = firstLine
      this.#seenLines += to
      this.#sink.fraction(Math.min(0.99, this.#seenLines / row.line_count))
    }
    return true
  }

  async #readInFront(archive: Archive, row: SourceRow): Promise<void> {
    const { sinceMs } = this.#query
    if (sinceMs !== null && row.first_ms !== null && sinceMs > row.first_ms + 1_000) return
    const first = await archive.firstChunk(row.no)
    if (first) await this.#engine.readInFrontOf(first.chunk.cursorOf(0))
  }

  #range(): HistoryRange {
    const { sinceMs, untilMs } = this.#query
    return {
      ...(sinceMs === null ? {} : { fromMs: sinceMs }),
      ...(untilMs === null ? {} : { toMs: untilMs }),
    }
  }
}
