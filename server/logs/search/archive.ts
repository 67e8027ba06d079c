import 'server-only'
import { chunkBefore, chunkFrom, type PlacedChunk } from '#server/history/archive/chunks'
import { findSources, type SourceRow } from '#server/history/archive/sources'
import { openSql, type Sql, type SqlPlace } from '#server/history/sql'
import type { HistoryRange } from '#server/history/store'

/** The log archive as one thread of a search reads it: a connection of its own, one question after the other. */
export class Archive {
  readonly #place: SqlPlace
  #sql: Promise<Sql> | null = null
  #queue: Promise<unknown> = Promise.resolve()

  constructor(place: SqlPlace) {
    this.#place = place
  }

  /** The container's row; null when no line of it is kept. */
  async find(containerId: string): Promise<SourceRow | null> {
    const [row] = await this.#ask((sql) => findSources(sql, [{ containerId }]))
    return row && row.line_count > 0 ? row : null
  }

  chunkBefore(sourceNo: number, line: number, range: HistoryRange): Promise<PlacedChunk | null> {
    return this.#ask((sql) => chunkBefore(sql, sourceNo, line, range))
  }

  firstChunk(sourceNo: number): Promise<PlacedChunk | null> {
    return this.#ask((sql) => chunkFrom(sql, sourceNo, 0, {}))
  }

  async close(): Promise<void> {
    if (this.#sql) await this.#ask((sql) => sql.close())
  }

  #ask<Value>(question: (sql: Sql) => Promise<Value>): Promise<Value> {
    const answer = this.#queue.then(async () => {
      this.#sql ??= openSql(this.#place, 'read')
      return question(await this.#sql)
    })
    this.#queue = answer.catch(() => undefined)
    return answer
  }
}
