/** `interrupted`: Composure itself ended while it ran; nobody knows how far it came. */
export const jobStates = ['waiting', 'running', 'done', 'failed', 'cancelled', 'interrupted'] as const
export type JobState = (typeof jobStates)[number]

/** A long action: started once, watched by whoever likes, kept in the history. */
export interface Job {
  /** Later jobs have greater ids. */
  id: string
  /** `noun.verb`, e.g. `compose.up`, `image.pull`. */
  kind: string
  /** The Compose project it changes, or null. */
  project: string | null
  /** What people call it: "Up shop". */
  title: string
  /** The docker command it equals, program first; without secrets. */
  command: string[]
  /** Who started it. */
  who: string
  state: JobState
  /** While it waits: the id of the job that goes first, or null when it waits for a free place. */
  waitsFor: string | null
  createdAtMs: number
  startedAtMs: number | null
  endedAtMs: number | null
  /** Of its process; null when there was none, or none yet. */
  exitCode: number | null
  /** How it ended, in a line: "2 containers started", "build of app failed, exit code 1"; empty until then. */
  result: string
  /** Who asked for it to end, or empty. */
  cancelledBy: string
}

/** True once nothing more will happen to it. */
export function isEnded({ state }: Pick<Job, 'state'>): boolean {
  return state !== 'waiting' && state !== 'running'
}

/** How long it ran, or has run by `nowMs`; null for one that never started. */
export function jobSpanMs(job: Pick<Job, 'startedAtMs' | 'endedAtMs'>, nowMs: number): number | null {
  if (job.startedAtMs === null) return null
  return Math.max(0, (job.endedAtMs ?? nowMs) - job.startedAtMs)
}

export interface JobPage {
  jobs: Job[]
  /** Pass it as `before` to go on; null at the end. */
  nextBefore: string | null
}
