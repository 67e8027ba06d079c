import 'server-only'
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import { errorCode } from '#lib/api/errors'
import {
  type BuildOutcome,
  type BuildPage,
  type BuildRecord,
  type BuildSteps,
  readBuilds,
} from '#lib/builds/build-record'
import type { JobStep } from '#lib/jobs/job-event'
import { callEngine } from '#server/engine/client/client'
import { processWide } from '#server/process-wide'
import { database } from '#server/store/database'

const keptBuilds = 2_000
const shownBuilds = 50

function table(): DatabaseSync {
  return processWide('builds.table', () => {
    const store = database()
    store.exec(`
      CREATE TABLE IF NOT EXISTS image_builds (
        job_id TEXT NOT NULL, project TEXT NOT NULL, service TEXT NOT NULL, ended_at INTEGER NOT NULL, duration_ms INTEGER NOT NULL,
        outcome TEXT NOT NULL CHECK (outcome IN ('done', 'failed', 'cancelled')), steps INTEGER NOT NULL, cached INTEGER NOT NULL, image_id TEXT NOT NULL, size_bytes INTEGER,
        PRIMARY KEY (job_id, service)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS image_builds_of_service ON image_builds (project, service, job_id);
    `)
    return store
  })
}

export interface BuildJob {
  id: string
  /** Empty where it built a folder of no project. */
  project: string
  /** Every step as it was at last. */
  steps: readonly JobStep[]
  isCancelled: boolean
  /** The name of the image that a build makes. */
  imageOf: (service: string) => string
}

/** Keeps what a job built, read from its steps; answers the builds, each compared with the one before. */
export async function recordBuilds(job: BuildJob): Promise<BuildRecord[]> {
  const records: BuildRecord[] = []
  for (const build of readBuilds(job.steps, job.isCancelled ? Date.now() : null)) {
    const image = build.outcome === 'done' ? await findImage(job.imageOf(build.service)) : null
    save(job, build, image)
    const before = readBefore(job.project, build.service, job.id)
    records.push({
      ...build,
      jobId: job.id,
      endedAtMs: Date.now(),
      imageId: image?.id ?? '',
      sizeBytes: image?.sizeBytes ?? null,
      before,
    })
  }
  return records
}

async function findImage(name: string): Promise<{ id: string; sizeBytes: number } | null> {
  try {
    const { Id, Size } = await callEngine((docker) => docker.getImage(name).inspect(), { noun: 'image' })
    return { id: Id, sizeBytes: Size }
  } catch (error) {
    // Another build, or an export to elsewhere: the build is kept without it.
    if (errorCode(error) !== null) return null
    throw error
  }
}

function save(
  job: { id: string; project: string },
  build: BuildSteps,
  image: { id: string; sizeBytes: number } | null,
): void {
  const { service, durationMs, outcome, steps, cached } = build
  table()
    .prepare('INSERT OR REPLACE INTO image_builds VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    .run(
      job.id,
      job.project,
      service,
      Date.now(),
      durationMs,
      outcome,
      steps,
      cached,
      image?.id ?? '',
      image?.sizeBytes ?? null,
    )
  table()
    .prepare(
      'DELETE FROM image_builds WHERE job_id < (SELECT job_id FROM image_builds ORDER BY job_id DESC LIMIT 1 OFFSET ?)',
    )
    .run(keptBuilds)
}

/** The newest builds of a project's services, each compared with the one before; of folders of no project where it is empty. */
export function listBuilds(project: string): BuildPage {
  const rows = table()
    .prepare('SELECT * FROM image_builds WHERE project = ? ORDER BY job_id DESC, service LIMIT ?')
    .all(project, shownBuilds)
  return { builds: rows.map((row) => toRecord(row, project)) }
}

function readBefore(project: string, service: string, jobId: string): BuildRecord['before'] {
  const row = table()
    .prepare(
      `SELECT image_id, size_bytes, duration_ms FROM image_builds
       WHERE project = ? AND service = ? AND job_id < ? AND size_bytes IS NOT NULL ORDER BY job_id DESC LIMIT 1`,
    )
    .get(project, service, jobId)
  return row
    ? {
        imageId: String(row.image_id),
        sizeBytes: Number(row.size_bytes),
        durationMs: Number(row.duration_ms),
      }
    : null
}

function toRecord(row: Record<string, SQLOutputValue>, project: string): BuildRecord {
  const [jobId, service] = [String(row.job_id), String(row.service)]
  return {
    jobId,
    service,
    endedAtMs: Number(row.ended_at),
    durationMs: Number(row.duration_ms),
    outcome: row.outcome as BuildOutcome,
    steps: Number(row.steps),
    cached: Number(row.cached),
    imageId: String(row.image_id),
    sizeBytes: row.size_bytes === null ? null : Number(row.size_bytes),
    before: readBefore(project, service, jobId),
  }
}
