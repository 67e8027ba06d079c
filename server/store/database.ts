import 'server-only'
import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { currentEnv } from '#server/env'
import { processWide } from '#server/process-wide'

/** The process's own database, opened once; each feature brings its tables. Throws with the next step when it cannot. */
export function database(): DatabaseSync {
  return processWide('database', () => openDatabase(currentEnv().dataDir))
}

/** Opens (and makes) `composure.db` in `dataDir`, readable by the process's own user only. */
export function openDatabase(dataDir: string): DatabaseSync {
  const file = join(dataDir, 'composure.db')
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    const store = new DatabaseSync(file, { timeout: 2000 })
    chmodSync(file, 0o600)
    store.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;')
    return store
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Error(
      `${file} cannot be used (${reason}). Make the directory writable for this process, or set COMPOSURE_DATA_DIR to one that is.`,
      { cause },
    )
  }
}
