import type { Job } from './job.ts'

export type StepState = 'waiting' | 'running' | 'done' | 'cached' | 'failed'

/** A part of a job with a life of its own: a container, a layer, a step of a build. A later event with the same id replaces it. */
export interface JobStep {
  id: string
  /** The step it belongs to: a layer's image, a build step's service. */
  parentId?: string
  label: string
  state: StepState
  /** The source's own word, e.g. "creating", "downloading". */
  detail?: string
  /** Of 1: how far it is on its whole way, where bytes begin anew with each part of it (fetched, then unpacked). */
  fraction?: number
  /** How far it is, in bytes. */
  currentBytes?: number
  totalBytes?: number
  startedAtMs?: number
  endedAtMs?: number
  error?: string
}

/** A line a program printed (colours as they are), or one Composure says itself. */
export interface JobLine {
  text: string
  stream: 'stdout' | 'stderr' | 'note'
  /** The step that printed it, where that is known. */
  stepId?: string
}

/** One line of a job's output, numbered from 1 without a hole. `cut`: so many lines are left out here, for the output was too long. */
export type JobEvent = { n: number; atMs: number } & (
  | ({ kind: 'line' } & JobLine)
  | { kind: 'step'; step: JobStep }
  | { kind: 'cut'; lineCount: number }
)

/** Message of topic `job`: the job when it has changed, and the events since the last message. The topic ends after the last one. */
export interface JobMessage {
  job?: Job
  events: JobEvent[]
}

/** Message of topic `jobs`: first those that run, wait or ended lately; then each that changed. */
export interface JobsMessage {
  jobs: Job[]
}
