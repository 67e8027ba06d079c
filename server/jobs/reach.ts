import 'server-only'
import { CodedError } from '#lib/api/errors'
import type { Job, JobPage } from '#lib/jobs/job'
import type { JobQuery } from '#lib/jobs/job-request'
import type { Session } from '#server/auth/policy'
import { mayReachProject } from '#server/auth/reach'
import { getJob, listJobs } from './jobs.ts'

type Limited = Pick<Session, 'projects'>

/** One job, if this person may see what it changes. Throws `not_found`, also for what is not theirs. */
export function reachableJob(session: Limited, id: string): Job {
  const job = getJob(id)
  if (mayReachProject(session, job.project)) return job
  throw new CodedError('not_found', 'There is no such job.')
}

/** Jobs newest first, of what this person may see; a page may hold fewer than asked for. */
export function listReachable(session: Limited, query: JobQuery): JobPage {
  const page = listJobs(query)
  return { ...page, jobs: page.jobs.filter(({ project }) => mayReachProject(session, project)) }
}
