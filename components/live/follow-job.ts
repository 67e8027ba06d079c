import type { JobEvent, JobLine, JobMessage, JobStep } from '#lib/jobs/job-event'
import { isEnded, type Job } from '#lib/jobs/job'
import type { LiveClient } from './live-client.ts'

export interface FollowedLine extends JobLine {
  n: number
  atMs: number
}

/** A job as it is known here; each change is a new object. */
export interface FollowedJob {
  job: Job | null
  /** In the order they began. */
  steps: readonly JobStep[]
  lines: readonly FollowedLine[]
  /** Lines that are not held: left out by the server's bound, or the oldest here. */
  missingCount: number
  error: { code: string; message: string } | null
}

export const nothingFollowed: FollowedJob = { job: null, steps: [], lines: [], missingCount: 0, error: null }

const heldLines = 20_000

/** Follows one job over the live stream, each event once across lost connections. Outside React; told at most once a frame. */
export class JobFollower {
  readonly #client: LiveClient
  readonly #id: string
  readonly #listeners = new Set<() => void>()
  readonly #steps = new Map<string, JobStep>()
  #lines: FollowedLine[] = []
  #last = 0
  #state = nothingFollowed
  #isTold = true

  constructor(client: LiveClient, id: string) {
    this.#client = client
    this.#id = id
  }

  readonly state = (): FollowedJob => this.#state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    const stop = this.#listeners.size === 1 ? this.#start() : null
    return () => {
      this.#listeners.delete(listener)
      stop?.()
    }
  }

  #start(): () => void {
    return this.#client.subscribe('job', () => ({ id: this.#id, after: this.#last }), {
      // The topic's own shape: lib/jobs/job-event.ts.
      onMessage: (data) => this.#take(data as JobMessage),
      onEnd: (error) => this.#change({ error: error ?? null }),
    })
  }

  #take({ job, events }: JobMessage): void {
    let missingCount = this.#state.missingCount
    for (const event of events) {
      if (event.n <= this.#last) continue
      this.#last = event.n
      if (event.kind === 'cut') missingCount += event.lineCount
      else if (event.kind === 'step') this.#steps.set(event.step.id, event.step)
      else this.#lines.push(lineOf(event))
    }
    if (this.#lines.length > heldLines * 1.25) {
      missingCount += this.#lines.length - heldLines
      this.#lines = this.#lines.slice(-heldLines)
    }
    this.#change({
      ...(job ? { job } : {}),
      ...(events.length > 0 ? { steps: [...this.#steps.values()], lines: [...this.#lines] } : {}),
      missingCount,
    })
  }

  #change(part: Partial<FollowedJob>): void {
    this.#state = { ...this.#state, ...part }
    if (!this.#isTold) return
    this.#isTold = false
    // A hidden page has no frames, and an ended job must be told.
    const isAtOnce = document.visibilityState === 'hidden' || (part.job && isEnded(part.job))
    if (isAtOnce) setTimeout(() => this.#tell(), 0)
    else requestAnimationFrame(() => this.#tell())
  }

  #tell(): void {
    this.#isTold = true
    for (const listener of this.#listeners) listener()
  }
}

function lineOf(event: JobEvent & { kind: 'line' }): FollowedLine {
  const { n, atMs, text, stream, stepId } = event
  return { n, atMs, text, stream, ...(stepId === undefined ? {} : { stepId }) }
}
