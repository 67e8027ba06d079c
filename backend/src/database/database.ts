import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyBaseLogger } from 'fastify'
import pg from 'pg'
import { ApiError } from '../api-error.ts'
import type { DatabaseConfig } from '../config.ts'
import { fullJitterMs } from './backoff.ts'
import { databaseErrorCode, isPassing, isRefused, undefinedTable } from './errors.ts'
import { migrate } from './migrate.ts'
import { DatabaseStartError } from './start-error.ts'

// pg hands out bigint as text; identities and counts stay far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

type State = { phase: 'waiting'; reason: string } | { phase: 'ready' }

/** The one way to PostgreSQL: waits for it, migrates it, and turns its absence into a 503 instead of a crash. */
export class Database {
  readonly #config: DatabaseConfig
  readonly #log: FastifyBaseLogger
  readonly #pool: pg.Pool
  readonly #closing = new AbortController()
  #state: State = { phase: 'waiting', reason: 'not connected to the database yet' }
  #lostAtMs: number | undefined

  constructor(config: DatabaseConfig, log: FastifyBaseLogger) {
    this.#config = config
    this.#log = log
    this.#pool = new pg.Pool({
      connectionString: config.url,
      application_name: 'backend-app',
      max: config.poolSize,
      connectionTimeoutMillis: 2000,
      // The server gives up first and says why; the client's own limit is for a server that does not answer at all.
      statement_timeout: config.queryTimeoutMs,
      query_timeout: config.queryTimeoutMs + 500,
    })
    // An idle connection that breaks is reported here; unheard, this event would end the process.
    this.#pool.on('error', (error) => log.warn({ code: databaseErrorCode(error) }, 'idle connection lost'))
  }

  /**
   * Connects and migrates, waiting with growing random pauses while the server is not there. Throws when it refuses
   * the login, when a migration fails, or after the last attempt; the message says what to check. Quiet after close().
   */
  async start(): Promise<void> {
    const { target, connectAttempts, connectBaseDelayMs, connectMaxDelayMs } = this.#config
    for (let attempt = 1; !this.#closing.signal.aborted; attempt += 1) {
      try {
        const applied = await migrate(this.#config, this.#log)
        this.#state = { phase: 'ready' }
        this.#log.info({ ...target, attempt, applied }, 'database ready')
        return
      } catch (error) {
        if (this.#closing.signal.aborted) return
        const isLast = !isPassing(error) || attempt >= connectAttempts
        if (isLast) throw new DatabaseStartError(error, target, attempt)
        const code = databaseErrorCode(error)
        const delayMs = fullJitterMs(attempt, connectBaseDelayMs, connectMaxDelayMs)
        const reason = `waiting for the database (${code}), attempt ${attempt} of ${connectAttempts}`
        this.#state = { phase: 'waiting', reason }
        this.#log.warn(
          { ...target, attempt, connectAttempts, delayMs, code },
          'database not reachable, will try again',
        )
        await sleep(delayMs, undefined, { signal: this.#closing.signal }).catch(() => {})
      }
    }
  }

  /** Runs one statement. Throws a 503 ApiError while the database cannot be used, and pg's error for anything else. */
  async query<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
    if (this.#state.phase === 'waiting') throw unavailable(this.#state.reason)
    try {
      const { rows } = await this.#pool.query<Row>(sql, values)
      this.#noteSuccess()
      return rows
    } catch (error) {
      if (databaseErrorCode(error) === undefinedTable) this.#migrateAgain(error)
      else if (!isPassing(error) && !isRefused(error)) throw error
      this.#noteLoss(error)
      throw unavailable(`the database cannot be used now (${databaseErrorCode(error)})`, error)
    }
  }

  /** Waits for running statements, closes every connection and ends a start() that still waits. */
  async close(): Promise<void> {
    this.#closing.abort()
    await this.#pool.end()
  }

  // The volume was replaced under a running API: an empty database is as good as a new one.
  #migrateAgain(error: unknown): void {
    if (this.#state.phase === 'waiting') return
    this.#state = { phase: 'waiting', reason: 'the database lost its tables, migrating again' }
    this.#log.error({ err: error }, 'the database lost its tables, migrating again')
    this.start().catch((failure: unknown) => {
      this.#log.error({ err: failure }, 'migrating again failed')
      this.#state = { phase: 'ready' }
    })
  }

  #noteLoss(error: unknown): void {
    if (this.#lostAtMs !== undefined || this.#closing.signal.aborted) return
    this.#lostAtMs = Date.now()
    const { target } = this.#config
    this.#log.error(
      { ...target, code: databaseErrorCode(error) },
      'database unavailable, answering 503 until it is back',
    )
  }

  #noteSuccess(): void {
    if (this.#lostAtMs === undefined) return
    this.#log.info({ ...this.#config.target, awayMs: Date.now() - this.#lostAtMs }, 'database is back')
    this.#lostAtMs = undefined
  }
}

function unavailable(reason: string, cause?: unknown): ApiError {
  return new ApiError(503, 'database_unavailable', reason, { cause })
}
