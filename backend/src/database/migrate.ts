import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import type { FastifyBaseLogger } from 'fastify'
import pg from 'pg'
import type { DatabaseConfig } from '../config.ts'

const folder = new URL('../../migrations/', import.meta.url)

// Any constant will do; every instance of this service must use the same one.
const lockKey = 7_305_221_114

/**
 * Applies the SQL files that are not recorded yet, by name, in one transaction: all of them or none.
 * The advisory lock makes a second instance wait and then find nothing left to do.
 * Returns the names applied now. Throws pg's errors, and an Error when an applied file was edited.
 */
export async function migrate({ url }: DatabaseConfig, log: FastifyBaseLogger): Promise<string[]> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'backend-app migrations',
    connectionTimeoutMillis: 2000,
    // A migration may take long; a start that hangs for ever tells nobody anything.
    query_timeout: 60_000,
    lock_timeout: 30_000,
  })
  // The same failure rejects the query in flight; without a listener the event would end the process.
  client.on('error', () => {})
  try {
    await client.connect()
    return await applyPending(client, log)
  } finally {
    await client.end().catch(() => {})
  }
}

async function applyPending(client: pg.Client, log: FastifyBaseLogger): Promise<string[]> {
  await client.query('begin')
  await client.query('select pg_advisory_xact_lock($1)', [lockKey])
  await client.query(
    'create table if not exists schema_migrations (name text primary key, checksum text not null, applied_at timestamptz not null default now())',
  )
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from schema_migrations',
  )
  const recorded = new Map(rows.map((row) => [row.name, row.checksum]))
  const applied: string[] = []

  for (const { name, sql, checksum } of await readMigrations()) {
    const known = recorded.get(name)
    if (known === checksum) continue
    if (known) throw new Error(`migration ${name} was edited after it was applied: add a new file instead`)
    log.info({ migration: name }, 'applying migration')
    await client.query(sql)
    await client.query('insert into schema_migrations (name, checksum) values ($1, $2)', [name, checksum])
    applied.push(name)
  }

  await client.query('commit')
  return applied
}

async function readMigrations(): Promise<{ name: string; sql: string; checksum: string }[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async (name) => {
      // Git may check files out with other line ends; that is not an edit.
      const sql = (await readFile(new URL(name, folder), 'utf8')).replaceAll('\r\n', '\n')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}
