import 'server-only'
import { errorCode } from '#lib/api/errors'
import type { Job } from '#lib/jobs/job'
import { log } from '#server/log'
import type { JobSink } from './sink.ts'

/** A job that does not end when it is asked to is called cancelled all the same. */
const cancelDeadlineMs = 4_000

/** How a job's work ended, where it did not throw. */
export interface JobOutcome {
  isFailed: boolean
  /** A line: "2 containers started". */
  result: string
  exitCode?: number | null
}

/** How a job stands after its work: cancelled, whatever came of it, once somebody asked for that. */
export function endOf(
  live: { job: Job; abort: AbortController },
  { isFailed, result, exitCode = null }: JobOutcome,
): Partial<Job> {
  if (live.abort.signal.aborted)
    return { state: 'cancelled', exitCode, result: `cancelled by ${live.job.cancelledBy || 'Composure'}` }
  return { state: isFailed ? 'failed' : 'done', exitCode, result }
}

/** What a throw means: our own errors speak for themselves, others are in the log of the process only. */
export function failureOf(error: unknown, sink: JobSink): JobOutcome {
  const isOurs = errorCode(error) !== null && error instanceof Error
  if (!isOurs)
    log.error('a job failed', { error: String(error), stack: error instanceof Error ? error.stack : '' })
  const result = isOurs ? error.message : 'Something went wrong in Composure.'
  sink.line(result, 'note')
  if (isOurs && 'hint' in error && typeof error.hint === 'string') sink.line(error.hint, 'note')
  return { isFailed: true, result }
}

/** Resolves some seconds after `cancelled` aborted; never when `over` aborts first. */
export function tooLongAfter(cancelled: AbortSignal, over: AbortSignal): Promise<JobOutcome> {
  return new Promise((resolve) => {
    const onCancel = (): void => {
      const timer = setTimeout(() => resolve({ isFailed: true, result: '' }), cancelDeadlineMs)
      over.addEventListener('abort', () => clearTimeout(timer), { once: true })
    }
    if (cancelled.aborted) onCancel()
    else cancelled.addEventListener('abort', onCancel, { once: true, signal: over })
  })
}
