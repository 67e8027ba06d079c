import type { Tone } from '#lib/docker/containers/container-words'
import { formatSpan } from '#lib/format/time'
import { type Job, type JobState, jobSpanMs } from './job.ts'

/** How a job is, in a word or two. */
export const jobStateWords: Record<JobState, string> = {
  waiting: 'waiting',
  running: 'running',
  done: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
  interrupted: 'interrupted',
}

export function jobTone(state: JobState): Tone {
  switch (state) {
    case 'done':
      return 'good'
    case 'failed':
      return 'bad'
    case 'interrupted':
    case 'running':
      return 'warn'
    case 'waiting':
    case 'cancelled':
      return 'idle'
    default:
      return state satisfies never
  }
}

/** The name of the image that a job brought or built; null for other jobs, and while it is not there. */
export function imageOfJob({ kind, state, command }: Job): string | null {
  if (state !== 'done') return null
  if (kind === 'image.pull') return command.at(-1) ?? null
  return kind === 'image.build' ? (command[command.indexOf('-t') + 1] ?? null) : null
}

/** The line under a job's name: "done in 12 s: 2 containers started", "failed: build of app failed, exit code 1". */
export function jobSentence(job: Job, nowMs: number, first: Pick<Job, 'title'> | null = null): string {
  const spanMs = jobSpanMs(job, nowMs)
  const span = spanMs === null ? '' : formatSpan(spanMs)
  switch (job.state) {
    case 'waiting':
      return job.waitsFor === null
        ? 'waits for a free place'
        : `waits for ${first?.title ?? 'the job before it'}`
    case 'running':
      return job.cancelledBy === '' ? `running for ${span}` : `is being cancelled by ${job.cancelledBy}`
    case 'done':
      return `done in ${span}${job.result ? `: ${job.result}` : ''}`
    case 'failed':
      return `failed after ${span}: ${job.result}`
    case 'cancelled':
      return `${job.result}${span ? ` after ${span}` : ''}`
    case 'interrupted':
      return `interrupted: ${job.result}`
    default:
      return job.state satisfies never
  }
}
