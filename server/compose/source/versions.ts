import 'server-only'
import { CodedError } from '#lib/api/errors'
import type { SourceVersion } from '#lib/compose/project-model'
import { processWide } from '#server/process-wide'
import { database } from '#server/store/database'
import { seal, unseal } from '#server/store/vault'

const keptPerFile = 30

function table(): ReturnType<typeof database> {
  return processWide('compose.versions', () => {
    const store = database()
    // Sealed: env files hold passwords.
    store.exec(`CREATE TABLE IF NOT EXISTS compose_versions (
      id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL, text_sealed BLOB NOT NULL,
      saved_by TEXT NOT NULL, saved_at INTEGER NOT NULL
    ) STRICT; CREATE INDEX IF NOT EXISTS compose_versions_path ON compose_versions (path, id);`)
    return store
  })
}

/** Keeps a file's text before it is replaced; of each file the newest 30. */
export function keepVersion(path: string, text: string, who: string): void {
  const store = table()
  store
    .prepare('INSERT INTO compose_versions (path, text_sealed, saved_by, saved_at) VALUES (?, ?, ?, ?)')
    .run(path, seal(text), who, Date.now())
  store
    .prepare(
      'DELETE FROM compose_versions WHERE path = ? AND id NOT IN (SELECT id FROM compose_versions WHERE path = ? ORDER BY id DESC LIMIT ?)',
    )
    .run(path, path, keptPerFile)
}

/** The kept versions of a file, newest first. */
export function listVersions(path: string): SourceVersion[] {
  return table()
    .prepare('SELECT id, path, saved_by, saved_at FROM compose_versions WHERE path = ? ORDER BY id DESC')
    .all(path)
    .map((row) => ({
      id: Number(row.id),
      path: String(row.path),
      savedBy: String(row.saved_by),
      savedAtMs: Number(row.saved_at),
    }))
}

/** The text of a kept version of this file. Throws `not_found`. */
export function readVersion(path: string, id: number): string {
  const row = table()
    .prepare('SELECT text_sealed FROM compose_versions WHERE path = ? AND id = ?')
    .get(path, id)
  const text = row ? unseal(row.text_sealed as Uint8Array) : null
  if (text === null) throw new CodedError('not_found', 'This version is not kept (any more).')
  return text
}
