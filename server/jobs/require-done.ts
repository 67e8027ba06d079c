import 'server-only'
import { CodedError } from '#lib/api/errors'
import type { Job } from '#lib/jobs/job'

/** Throws with the job's own words unless it did what it was for. */
export function requireDone(job: Job): void {
  if (job.state === 'done') return
  throw new CodedError(job.state === 'cancelled' ? 'job_cancelled' : 'job_failed', job.result)
}
