import 'server-only'

/**
 * One step a version, applied in order; never change one that was released. Lines stand in chunks: `first_line` counts
 * the lines of a container since recording began, so what was let go in front is `first_line` of its first chunk.
 */
export const sqliteMigrations: readonly string[] = [
  `
  CREATE TABLE source (
    no INTEGER PRIMARY KEY, container_id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, project TEXT NOT NULL,
    service TEXT NOT NULL, number INTEGER NOT NULL, is_one_off INTEGER NOT NULL, is_removed INTEGER NOT NULL,
    created_ms INTEGER NOT NULL, started_ms INTEGER, ended_start_ms INTEGER, last_cursor TEXT NOT NULL, let_go_by TEXT NOT NULL DEFAULT '',
    next_line INTEGER NOT NULL, line_count INTEGER NOT NULL, text_bytes INTEGER NOT NULL, stored_bytes INTEGER NOT NULL,
    first_ms INTEGER, last_ms INTEGER
  ) STRICT;
  CREATE INDEX source_service ON source (project, service, number);
  CREATE TABLE chunk (
    source_no INTEGER NOT NULL REFERENCES source (no) ON DELETE CASCADE, first_line INTEGER NOT NULL,
    is_sealed INTEGER NOT NULL, line_count INTEGER NOT NULL, text_bytes INTEGER NOT NULL, stored_bytes INTEGER NOT NULL,
    from_ms INTEGER NOT NULL, to_ms INTEGER NOT NULL, levels TEXT NOT NULL, data BLOB NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX chunk_place ON chunk (source_no, first_line);
  CREATE INDEX chunk_age ON chunk (to_ms);
  CREATE TABLE mark (
    id INTEGER PRIMARY KEY, source_no INTEGER NOT NULL REFERENCES source (no) ON DELETE CASCADE,
    seconds INTEGER NOT NULL, nanos INTEGER NOT NULL, message TEXT NOT NULL
  ) STRICT;
  CREATE INDEX mark_place ON mark (source_no, seconds, nanos);
  CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
]
