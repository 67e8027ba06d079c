import 'server-only'

/** The same tables as for SQLite (see there for what they mean), in a schema of their own. */
export const postgresMigrations: readonly string[] = [
  `
  CREATE TABLE source (
    no BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, container_id TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
    project TEXT NOT NULL, service TEXT NOT NULL, number BIGINT NOT NULL, is_one_off BIGINT NOT NULL,
    is_removed BIGINT NOT NULL, created_ms BIGINT NOT NULL, started_ms BIGINT, ended_start_ms BIGINT,
    last_cursor TEXT NOT NULL, let_go_by TEXT NOT NULL DEFAULT '', next_line BIGINT NOT NULL, line_count BIGINT NOT NULL, text_bytes BIGINT NOT NULL,
    stored_bytes BIGINT NOT NULL, first_ms BIGINT, last_ms BIGINT
  );
  CREATE INDEX source_service ON source (project, service, number);
  CREATE TABLE chunk (
    source_no BIGINT NOT NULL REFERENCES source (no) ON DELETE CASCADE, first_line BIGINT NOT NULL,
    is_sealed BIGINT NOT NULL, line_count BIGINT NOT NULL, text_bytes BIGINT NOT NULL, stored_bytes BIGINT NOT NULL,
    from_ms BIGINT NOT NULL, to_ms BIGINT NOT NULL, levels TEXT NOT NULL, data BYTEA NOT NULL,
    PRIMARY KEY (source_no, first_line)
  );
  -- The data is compressed already.
  ALTER TABLE chunk ALTER COLUMN data SET STORAGE EXTERNAL;
  CREATE INDEX chunk_age ON chunk (to_ms);
  CREATE TABLE mark (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source_no BIGINT NOT NULL REFERENCES source (no) ON DELETE CASCADE,
    seconds BIGINT NOT NULL, nanos BIGINT NOT NULL, message TEXT NOT NULL
  );
  CREATE INDEX mark_place ON mark (source_no, seconds, nanos);
  CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
  `,
]
