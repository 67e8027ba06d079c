import 'server-only'
import type { JobMessage, JobsMessage } from '#lib/jobs/job-event'
import { isEnded, type Job } from '#lib/jobs/job'
import type { JobParams } from '#lib/jobs/job-request'
import type { Session } from '#server/auth/policy'
import { mayReachProject } from '#server/auth/reach'
import { jobs } from './jobs.ts'
import { listReachable, reachableJob } from './reach.ts'
import { readOutput } from './output.ts'

const recentCount = 30

type Limited = Pick<Session, 'projects'>

interface Watcher {
  signal: AbortSignal
  /** Who watches: sees the jobs of their own projects only, where they are limited to some. */
  session: Limited
}

/** A job and its events after line `after`, then what comes; ends after the last event of a job that has ended. Throws `not_found`. */
export async function* followJob(
  { id, after }: JobParams,
  { signal, session }: Watcher,
): AsyncGenerator<JobMessage> {
  let told: Job | null = null
  let last = after
  let fromByte = 0
  while (!signal.aborted) {
    const job = reachableJob(session, id)
    const bell = jobs().live.get(id)?.output.bell
    const rung = bell?.wait(signal)
    if (job !== told) yield { job, events: [] }
    told = job
    for await (const { events, endByte } of readOutput(id, fromByte, last)) {
      fromByte = endByte
      last = events.at(-1)?.n ?? last
      if (events.length > 0) yield { events }
      if (signal.aborted) return
    }
    if (isEnded(job)) return
    await rung
  }
}

/** What runs, waits or ended lately, then each job that changes, until `signal` aborts. */
export async function* followJobs({ signal, session }: Watcher): AsyncGenerator<JobsMessage> {
  const all = jobs()
  let seen = all.changeCount
  yield { jobs: recentJobs(session) }
  while (!signal.aborted) {
    const rung = all.bell.wait(signal)
    const newer = all.changes.filter(({ at }) => at > seen)
    const changed = newer.filter(({ job }) => mayReachProject(session, job.project))
    const isComplete = all.changeCount - seen === newer.length
    seen = all.changeCount
    if (!isComplete) yield { jobs: recentJobs(session) }
    else if (changed.length > 0) yield { jobs: newestOfEach(changed.map(({ job }) => job)) }
    else if (newer.length === 0) await rung
  }
}

function recentJobs(session: Limited): Job[] {
  const recent = listReachable(session, { limit: recentCount }).jobs
  const older = [...jobs().live.values()]
    .map(({ job }) => job)
    .filter(({ id }) => !recent.some((each) => each.id === id))
  return [...recent, ...older]
}

function newestOfEach(changed: readonly Job[]): Job[] {
  return [...new Map(changed.map((job) => [job.id, job])).values()]
}
