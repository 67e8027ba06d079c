import 'server-only'
import type { DatabaseSync } from 'node:sqlite'
import { processWide } from '#server/process-wide'
import { database } from '#server/store/database'

// Finished audit rows are history: the triggers hold even for our own mistakes.
const firstSchema = `
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
`

// `origin` and `subject` say who vouches for a person: local (a password), proxy, or oidc with the issuer's own id. `projects` is a JSON list, NULL for all.
const people = `
  ALTER TABLE users ADD COLUMN origin TEXT NOT NULL DEFAULT 'local';
  ALTER TABLE users ADD COLUMN subject TEXT NOT NULL DEFAULT '';
  ALTER TABLE users ADD COLUMN projects TEXT;
  ALTER TABLE users ADD COLUMN disabled_at INTEGER;
  ALTER TABLE users ADD COLUMN seen_at INTEGER;
  ALTER TABLE users ADD COLUMN code_hash TEXT;
  ALTER TABLE users ADD COLUMN code_expires_at INTEGER;
  CREATE UNIQUE INDEX users_by_subject ON users (origin, subject) WHERE subject <> '';
  ALTER TABLE sessions ADD COLUMN agent TEXT NOT NULL DEFAULT '';
  ALTER TABLE audit ADD COLUMN token TEXT NOT NULL DEFAULT '';
  CREATE TABLE tokens (
    id INTEGER PRIMARY KEY AUTOINCREMENT, user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name TEXT NOT NULL, hash TEXT NOT NULL UNIQUE, role TEXT NOT NULL CHECK (role IN ('viewer', 'operator', 'admin')),
    projects TEXT, created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, used_at INTEGER, used_ip TEXT NOT NULL DEFAULT ''
  ) STRICT;
`

/** What each version of the file adds to the one before; `user_version` counts those it has. */
const versions = [firstSchema, people]

/** Users, sessions, tokens and the audit, in the process's own database. */
export function authStore(): DatabaseSync {
  return processWide('auth-store', () => {
    const store = database()
    upgrade(store)
    return store
  })
}

function upgrade(store: DatabaseSync): void {
  const has = Number(store.prepare('PRAGMA user_version').get()?.user_version ?? 0)
  for (const [index, statements] of versions.entries())
    if (index >= has) store.exec(`BEGIN; ${statements} PRAGMA user_version = ${index + 1}; COMMIT;`)
}
