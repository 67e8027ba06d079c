import 'server-only'
import type { DatabaseSync } from 'node:sqlite'
import { processWide } from '#server/process-wide'
import { database } from '#server/store/database'

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

/** Users, sessions and the audit, in the process's own database. */
export function authStore(): DatabaseSync {
  return processWide('auth-store', () => {
    const store = database()
    store.exec(schema)
    return store
  })
}
