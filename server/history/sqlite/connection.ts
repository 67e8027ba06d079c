import 'server-only'
import { chmodSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type { Sql, SqlValue } from '../sql.ts'
import { sqliteMigrations } from './migrations.ts'

/** Bytes the write-ahead log is cut back to after a checkpoint. */
const walBytes = 8 * 1024 * 1024
/** Pages given back to the disk in one go: about 100 MB, well under a second. */
const pagesAtOnce = 25_000
const notADatabase = 26
const corrupt = 11

/** Opens `history.db`; for writing it is made and brought up to date first. Used from a worker thread: every call blocks it. */
export function openSqlite(file: string, access: 'write' | 'read'): Sql {
  if (access === 'read')
    return new SqliteConnection(new DatabaseSync(file, { timeout: 2_000, readOnly: true }))
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  return new SqliteConnection(openForWriting(file))
}

function openForWriting(file: string): DatabaseSync {
  try {
    return prepare(file)
  } catch (error) {
    if (!isBroken(error)) throw error
    // What cannot be read is kept beside the new one for whoever wants to try.
    renameSync(file, `${file}.broken-${Date.now()}`)
    for (const rest of ['-wal', '-shm']) rmSync(file + rest, { force: true })
    return prepare(file)
  }
}

function prepare(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 2_000 })
  try {
    chmodSync(file, 0o600)
    // Freed pages go back to the disk. Only a database without tables takes the setting.
    database.exec('PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
    database.exec(
      `PRAGMA foreign_keys = ON; PRAGMA journal_size_limit = ${walBytes}; PRAGMA cache_size = -2000`,
    )
    migrate(database)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

function migrate(database: DatabaseSync): void {
  const [row] = database.prepare('PRAGMA user_version').all()
  const done = Number(row?.user_version ?? 0)
  for (const [index, step] of sqliteMigrations.entries())
    if (index >= done) database.exec(`BEGIN IMMEDIATE; ${step}; PRAGMA user_version = ${index + 1}; COMMIT`)
}

function isBroken(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('errcode' in error)) return false
  const code = Number(error.errcode) & 0xff
  return code === notADatabase || code === corrupt
}

class SqliteConnection implements Sql {
  readonly kind = 'sqlite'
  readonly #database: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  all<Row>(text: string, params: readonly SqlValue[] = []): Promise<Row[]> {
    return Promise.resolve(this.#prepared(text).all(...params) as Row[])
  }

  run(text: string, params: readonly SqlValue[] = []): Promise<void> {
    this.#prepared(text).run(...params)
    return Promise.resolve()
  }

  async transaction<Value>(run: () => Promise<Value>): Promise<Value> {
    this.#database.exec('BEGIN IMMEDIATE')
    try {
      const value = await run()
      this.#database.exec('COMMIT')
      return value
    } catch (error) {
      // Where the disk is full SQLite has rolled back by itself.
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
      throw error
    }
  }

  giveBack(): Promise<void> {
    this.#database.exec(`PRAGMA incremental_vacuum(${pagesAtOnce})`)
    return Promise.resolve()
  }

  close(): Promise<void> {
    this.#statements.clear()
    if (this.#database.isOpen) this.#database.close()
    return Promise.resolve()
  }

  #prepared(text: string): StatementSync {
    const known = this.#statements.get(text)
    if (known) return known
    const statement = this.#database.prepare(text)
    // Statements with lists of ids differ in length: the few that come often are kept.
    if (this.#statements.size > 100) this.#statements.clear()
    this.#statements.set(text, statement)
    return statement
  }
}
