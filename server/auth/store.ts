import 'server-only'
import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { currentEnv } from '#server/env'
import { processWide } from '#server/process-wide'

// Finished audit rows are history: the triggers hold even for our own mistakes.
const schema = `
  CREATE TABLE IF NOT EXISTS users (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    role TEXT NOT NULL CHECK (role IN ('viewer', 'operator', 'admin')),
    password_hash TEXT NOT NULL, created_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS sessions (
    hash TEXT PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    secret_hash TEXT NOT NULL, created_at INTEGER NOT NULL, seen_at INTEGER NOT NULL, ip TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, user TEXT NOT NULL, role TEXT NOT NULL,
    ip TEXT NOT NULL, session TEXT NOT NULL, action TEXT NOT NULL, target_id TEXT NOT NULL, target_name TEXT NOT NULL,
    params TEXT NOT NULL, result TEXT CHECK (result IN ('ok', 'denied', 'failed')), error TEXT, duration_ms INTEGER
  ) STRICT;
  CREATE TRIGGER IF NOT EXISTS audit_keeps_finished BEFORE UPDATE ON audit
    WHEN OLD.result IS NOT NULL OR NEW.id <> OLD.id OR NEW.at <> OLD.at OR NEW.user <> OLD.user OR NEW.action <> OLD.action
    BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
  CREATE TRIGGER IF NOT EXISTS audit_keeps_rows BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
  PRAGMA user_version = 1;
`

/** Users, sessions and the audit: `composure.db` in the data directory, opened once; throws with the next step when it cannot. */
export function authStore(): DatabaseSync {
  return processWide('auth-store', () => openStore(currentEnv().dataDir))
}

/** Opens (and makes) the database in `dataDir`, readable by the process's own user only. */
export function openStore(dataDir: string): DatabaseSync {
  const file = join(dataDir, 'composure.db')
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    const store = new DatabaseSync(file, { timeout: 2000 })
    chmodSync(file, 0o600)
    store.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;')
    store.exec(schema)
    return store
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Error(
      `${file} cannot be used (${reason}). Make the directory writable for this process, or set COMPOSURE_DATA_DIR to one that is.`,
      { cause },
    )
  }
}
