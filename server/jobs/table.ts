import 'server-only'
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import type { Job, JobPage, JobState } from '#lib/jobs/job'
import type { JobQuery } from '#lib/jobs/job-request'
import { processWide } from '#server/process-wide'
import { database } from '#server/store/database'

const schema = `
  CREATE TABLE IF NOT EXISTS jobs (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, project TEXT, title TEXT NOT NULL, command TEXT NOT NULL, who TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled', 'interrupted')),
    created_at INTEGER NOT NULL, started_at INTEGER, ended_at INTEGER, exit_code INTEGER,
    result TEXT NOT NULL DEFAULT '', cancelled_by TEXT NOT NULL DEFAULT '', output_bytes INTEGER NOT NULL DEFAULT 0, process TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS jobs_of_project ON jobs (project, id);
`

function table(): DatabaseSync {
  return processWide('jobs.table', () => {
    const store = database()
    store.exec(schema)
    return store
  })
}

/** Writes a job as it is now. */
export function saveJob(job: Job, outputBytes = 0): void {
  table()
    .prepare(
      `INSERT INTO jobs (id, kind, project, title, command, who, state, created_at, started_at, ended_at, exit_code, result, cancelled_by, output_bytes)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET state = excluded.state, started_at = excluded.started_at, ended_at = excluded.ended_at,
         exit_code = excluded.exit_code, result = excluded.result, cancelled_by = excluded.cancelled_by, output_bytes = excluded.output_bytes`,
    )
    .run(
      job.id,
      job.kind,
      job.project,
      job.title,
      JSON.stringify(job.command),
      job.who,
      job.state,
      job.createdAtMs,
      job.startedAtMs,
      job.endedAtMs,
      job.exitCode,
      job.result,
      job.cancelledBy,
      outputBytes,
    )
}

/** Remembers which process works for a job (null: none any more), so that a later start of Composure can end it. */
export function saveProcess(id: string, process: string | null): void {
  table().prepare('UPDATE jobs SET process = ? WHERE id = ?').run(process, id)
}

export function readJob(id: string): Job | null {
  const row = table().prepare('SELECT * FROM jobs WHERE id = ?').get(id)
  return row ? toJob(row) : null
}

/** Jobs newest first, of one project or all. */
export function readJobs({ project, before, limit }: JobQuery): JobPage {
  const rows = table()
    .prepare(
      'SELECT * FROM jobs WHERE (?1 IS NULL OR project = ?1) AND (?2 IS NULL OR id < ?2) ORDER BY id DESC LIMIT ?3',
    )
    .all(project ?? null, before ?? null, limit + 1)
  const jobs = rows.slice(0, limit).map(toJob)
  return { jobs, nextBefore: rows.length > limit ? (jobs.at(-1)?.id ?? null) : null }
}

/** Marks what a former process left unfinished; returns the processes that may still work for it. */
export function interruptUnfinished(atMs: number): string[] {
  const open = "state IN ('waiting', 'running')"
  const rows = table().prepare(`SELECT process FROM jobs WHERE ${open} AND process IS NOT NULL`).all()
  table()
    .prepare(
      `UPDATE jobs SET state = 'interrupted', ended_at = ?, process = NULL, result = 'Composure ended while it ran' WHERE ${open}`,
    )
    .run(atMs)
  return rows.map(({ process }) => String(process))
}

/** Forgets the oldest ended jobs above `maxCount` jobs or `maxBytes` of output in all; returns their ids. */
export function forgetOldest(maxCount: number, maxBytes: number): string[] {
  const rows = table()
    .prepare(
      `SELECT id FROM (
         SELECT id, state, row_number() OVER (ORDER BY id DESC) AS place, sum(output_bytes) OVER (ORDER BY id DESC) AS bytes FROM jobs
       ) WHERE (place > ? OR bytes > ?) AND state NOT IN ('waiting', 'running')`,
    )
    .all(maxCount, maxBytes)
  const ids = rows.map(({ id }) => String(id))
  const remove = table().prepare('DELETE FROM jobs WHERE id = ?')
  for (const id of ids) remove.run(id)
  return ids
}

function toJob(row: Record<string, SQLOutputValue>): Job {
  return {
    id: String(row.id),
    kind: String(row.kind),
    project: row.project === null ? null : String(row.project),
    title: String(row.title),
    command: JSON.parse(String(row.command)) as string[],
    who: String(row.who),
    state: row.state as JobState,
    waitsFor: null,
    createdAtMs: Number(row.created_at),
    startedAtMs: row.started_at === null ? null : Number(row.started_at),
    endedAtMs: row.ended_at === null ? null : Number(row.ended_at),
    exitCode: row.exit_code === null ? null : Number(row.exit_code),
    result: String(row.result),
    cancelledBy: String(row.cancelled_by),
  }
}
