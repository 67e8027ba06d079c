import 'server-only'
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import { processWide } from '#server/process-wide'
import { database } from '#server/store/database'

const schema = `
  CREATE TABLE IF NOT EXISTS unfinished_recreations (
    old_id TEXT PRIMARY KEY, old_name TEXT NOT NULL, new_name TEXT NOT NULL, new_id TEXT, was_running INTEGER NOT NULL, begun_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`

/** A container that is being made again: written down before anything changes, crossed out when it is all one or all the other. */
export interface Unfinished {
  oldId: string
  oldName: string
  newName: string
  /** Null until the new one is created. */
  newId: string | null
  wasRunning: boolean
  begunAtMs: number
}

function table(): DatabaseSync {
  return processWide('run.unfinished', () => {
    const store = database()
    store.exec(schema)
    return store
  })
}

export function writeUnfinished({ oldId, oldName, newName, newId, wasRunning, begunAtMs }: Unfinished): void {
  table()
    .prepare('INSERT OR REPLACE INTO unfinished_recreations VALUES (?, ?, ?, ?, ?, ?)')
    .run(oldId, oldName, newName, newId, wasRunning ? 1 : 0, begunAtMs)
}

export function crossOut(oldId: string): void {
  table().prepare('DELETE FROM unfinished_recreations WHERE old_id = ?').run(oldId)
}

export function listUnfinished(): Unfinished[] {
  return table().prepare('SELECT * FROM unfinished_recreations ORDER BY begun_at').all().map(toUnfinished)
}

function toUnfinished(row: Record<string, SQLOutputValue>): Unfinished {
  return {
    oldId: String(row.old_id),
    oldName: String(row.old_name),
    newName: String(row.new_name),
    newId: row.new_id === null ? null : String(row.new_id),
    wasRunning: row.was_running === 1,
    begunAtMs: Number(row.begun_at),
  }
}
