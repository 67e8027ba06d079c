import 'server-only'
import { Client, types } from 'pg'
import type { Sql, SqlValue } from '../sql.ts'
import { postgresMigrations } from './migrations.ts'

const connectMs = 5_000
/** A server that is frozen is given up after this; the next call connects anew. */
const queryMs = 15_000
/** Names our locks among those of other programs in the database. */
const lockKey = 4_026_531_841
const bigintType = 20

/** Opens a connection to the Postgres of COMPOSURE_DATABASE_URL; for writing the schema `composure_history` is brought up to date. */
export async function openPostgres(url: string, access: 'write' | 'read'): Promise<Sql> {
  const connection = new PostgresConnection(url)
  if (access === 'write')
    try {
      await migrate(connection)
    } catch (error) {
      await connection.close()
      throw error
    }
  return connection
}

async function migrate(sql: Sql): Promise<void> {
  await sql.transaction(async () => {
    await sql.run('CREATE SCHEMA IF NOT EXISTS composure_history')
    await sql.run('CREATE TABLE IF NOT EXISTS migration (version BIGINT PRIMARY KEY)')
    const [row] = await sql.all<{ done: number }>('SELECT COALESCE(MAX(version), 0) AS done FROM migration')
    for (const [index, step] of postgresMigrations.entries())
      if (index >= (row?.done ?? 0)) {
        await sql.run(step)
        await sql.run('INSERT INTO migration VALUES (?)', [index + 1])
      }
  })
}

class PostgresConnection implements Sql {
  readonly kind = 'postgres'
  readonly #url: string
  #client: Promise<Client> | null = null

  constructor(url: string) {
    this.#url = url
  }

  async all<Row>(text: string, params: readonly SqlValue[] = []): Promise<Row[]> {
    const client = await this.#connected()
    try {
      const values = params.map((value) => (value instanceof Uint8Array ? Buffer.from(value) : value))
      const { rows } = await client.query(numbered(text), values.length > 0 ? values : undefined)
      return rows as Row[]
    } catch (error) {
      // An answer may still be on its way: this connection is not used again.
      if (isConnectionLost(error)) await this.close()
      throw error
    }
  }

  async run(text: string, params: readonly SqlValue[] = []): Promise<void> {
    await this.all(text, params)
  }

  async transaction<Value>(run: () => Promise<Value>): Promise<Value> {
    await this.run('BEGIN')
    try {
      await this.run('SELECT pg_advisory_xact_lock(?)', [lockKey])
      const value = await run()
      await this.run('COMMIT')
      return value
    } catch (error) {
      if (this.#client) await this.run('ROLLBACK').catch(() => this.close())
      throw error
    }
  }

  /** Autovacuum does. */
  giveBack(): Promise<void> {
    return Promise.resolve()
  }

  async close(): Promise<void> {
    const client = await this.#client?.catch(() => null)
    this.#client = null
    // `end` waits for a server that is frozen.
    if (client) await Promise.race([client.end(), new Promise((resolve) => setTimeout(resolve, 500).unref())])
  }

  #connected(): Promise<Client> {
    this.#client ??= this.#connect()
    return this.#client
  }

  async #connect(): Promise<Client> {
    const client = new Client({
      connectionString: this.#url,
      connectionTimeoutMillis: connectMs,
      query_timeout: queryMs,
      application_name: 'composure history',
      keepAlive: true,
      options: '-c search_path=composure_history',
      types: {
        // Counts, sizes and times are far below 2^53.
        getTypeParser: (oid: number, format?: 'text' | 'binary') =>
          oid === bigintType ? Number : types.getTypeParser(oid, format as 'text'),
      } as typeof types,
    })
    client.on('error', () => {
      this.#client = null
    })
    try {
      await client.connect()
      return client
    } catch (error) {
      this.#client = null
      throw error
    }
  }
}

/** `?` to `$1`, `$2` ...: our statements hold no other question mark. */
function numbered(text: string): string {
  let count = 0
  return text.replace(/\?/g, () => `$${(count += 1)}`)
}

/** Errors of the server have a code of five letters or digits; class 57 is the server going away. */
function isConnectionLost(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
  return !/^[0-9A-Z]{5}$/.test(code) || code.startsWith('57') || code.startsWith('08')
}
