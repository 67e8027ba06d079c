import 'server-only'
import { randomBytes } from 'node:crypto'
import { CodedError } from '#lib/api/errors'
import { isEnded, type Job, type JobPage } from '#lib/jobs/job'
import type { JobQuery } from '#lib/jobs/job-request'
import { Bell } from '#server/bell'
import { processWide } from '#server/process-wide'
import { onShutdown } from '#server/shutdown'
import { endLeftover, processMark } from './child.ts'
import { endOf, failureOf, type JobOutcome, tooLongAfter } from './ending.ts'
import { JobOutput, removeOutput } from './output.ts'
import { createSink, type JobSink } from './sink.ts'
import { forgetOldest, interruptUnfinished, readJob, readJobs, saveJob, saveProcess } from './table.ts'

const maxRunning = 8
const maxWaiting = 100
const keptJobs = 500
const keptOutputBytes = 512 * 1024 * 1024

export type { JobOutcome } from './ending.ts'

export interface JobRequest {
  kind: string
  project?: string | null
  title: string
  /** The docker command it equals; without secrets. */
  command: readonly string[]
  who: string
  /** Of jobs in one lane only one runs at a time; absent: the project's, if it has one. Null: it never waits for another. */
  lane?: string | null
  /** What is said of it when Composure is stopped meanwhile, because that is what it does: the container it runs in goes. */
  lastWords?: string
  /** Does the work; a throw is a failure with the error's words. `signal` aborts when somebody cancels. */
  run: (sink: JobSink, signal: AbortSignal, jobId: string) => Promise<JobOutcome>
}

interface Live {
  job: Job
  lane: string | null
  request: JobRequest
  abort: AbortController
  output: JobOutput
  /** Settles when its work is over. */
  work: Promise<void>
  /** Resolves with the ended job. */
  ended: PromiseWithResolvers<Job>
}

/** Every job of this process: the queue, what runs, and the history behind them. */
class Jobs {
  /** Those that wait or run, in the order they came. */
  readonly live = new Map<string, Live>()
  /** Rings when any job changed. */
  readonly bell = new Bell()
  /** Counts changes, with the jobs that changed lately, for who watches. */
  readonly changes: { at: number; job: Job }[] = []
  changeCount = 0
  #lastIdMs = 0

  constructor() {
    for (const mark of interruptUnfinished(Date.now())) endLeftover(mark)
    onShutdown('jobs', () => this.#interruptAll())
  }

  start(request: JobRequest): { job: Job; ended: Promise<Job> } {
    const waiting = [...this.live.values()].filter(({ job }) => job.state === 'waiting').length
    if (waiting >= maxWaiting)
      throw new CodedError('conflict', `${maxWaiting} jobs wait already.`, {
        hint: 'Cancel some of them first.',
      })
    const id = this.#nextId()
    const lane =
      request.lane === undefined ? (request.project ? `project ${request.project}` : null) : request.lane
    const live: Live = {
      job: newJob(id, request),
      lane,
      request,
      abort: new AbortController(),
      output: new JobOutput(id),
      work: Promise.resolve(),
      ended: Promise.withResolvers<Job>(),
    }
    this.live.set(id, live)
    this.#change(live, {})
    this.#startNext()
    return { job: live.job, ended: live.ended.promise }
  }

  cancel(id: string, who: string): Job {
    const live = this.live.get(id)
    if (!live) return this.get(id)
    if (live.job.cancelledBy === '') this.#change(live, { cancelledBy: who })
    live.abort.abort()
    if (live.job.state === 'waiting')
      void this.#end(live, { state: 'cancelled', result: 'cancelled while it waited' })
    return live.job
  }

  get(id: string): Job {
    const job = this.live.get(id)?.job ?? readJob(id)
    if (job) return job
    throw new CodedError('not_found', 'There is no such job.', {
      hint: 'The oldest are forgotten: see Activity.',
    })
  }

  /** Time, then chance; two jobs of one millisecond keep their order. */
  #nextId(): string {
    this.#lastIdMs = Math.max(Date.now(), this.#lastIdMs + 1)
    return `${this.#lastIdMs.toString(36)}${randomBytes(5).toString('hex')}`
  }

  #startNext(): void {
    const running = [...this.live.values()].filter(({ job }) => job.state === 'running')
    const busy = new Map(running.flatMap(({ lane, job }) => (lane === null ? [] : [[lane, job.id]])))
    let places = maxRunning - running.length
    for (const live of this.live.values()) {
      if (live.job.state !== 'waiting') continue
      const first = live.lane === null ? undefined : busy.get(live.lane)
      if (live.lane !== null) busy.set(live.lane, first ?? live.job.id)
      if (first === undefined && places > 0) {
        places -= 1
        live.work = this.#run(live)
      } else if (live.job.waitsFor !== (first ?? null)) this.#change(live, { waitsFor: first ?? null })
    }
  }

  async #run(live: Live): Promise<void> {
    this.#change(live, { state: 'running', startedAtMs: Date.now(), waitsFor: null })
    const { id } = live.job
    const sink = createSink(live.output, (processId) =>
      saveProcess(id, processId === null ? null : processMark(processId)),
    )
    const overdue = new AbortController()
    try {
      const outcome = await Promise.race([
        live.request.run(sink, live.abort.signal, id),
        tooLongAfter(live.abort.signal, overdue.signal),
      ])
      sink.flush()
      await this.#end(live, endOf(live, outcome))
    } catch (error) {
      sink.flush()
      await this.#end(live, endOf(live, failureOf(error, sink)))
    } finally {
      overdue.abort()
    }
  }

  async #end(live: Live, change: Partial<Job>): Promise<void> {
    if (isEnded(live.job) || !this.live.has(live.job.id)) return
    await live.output.close()
    this.#change(live, { endedAtMs: Date.now(), waitsFor: null, ...change })
    saveProcess(live.job.id, null)
    this.live.delete(live.job.id)
    live.output.bell.ring()
    live.ended.resolve(live.job)
    removeOutput(forgetOldest(keptJobs, keptOutputBytes))
    this.#startNext()
  }

  #change(live: Live, change: Partial<Job>): void {
    live.job = { ...live.job, ...change }
    saveJob(live.job, live.output.bytes)
    this.changeCount += 1
    this.changes.push({ at: this.changeCount, job: live.job })
    if (this.changes.length > 200) this.changes.shift()
    live.output.bell.ring()
    this.bell.ring()
  }

  async #interruptAll(): Promise<void> {
    const all = [...this.live.values()]
    for (const live of all) {
      this.#change(live, {
        state: 'interrupted',
        endedAtMs: Date.now(),
        result: live.request.lastWords ?? 'Composure was stopped while it ran',
      })
      live.abort.abort()
    }
    await Promise.all(all.map(({ work }) => work))
    await Promise.all(all.map(({ output }) => output.close()))
  }
}

function newJob(id: string, request: JobRequest): Job {
  return {
    id,
    kind: request.kind,
    project: request.project ?? null,
    title: request.title,
    command: [...request.command],
    who: request.who,
    state: 'waiting',
    waitsFor: null,
    createdAtMs: Date.now(),
    startedAtMs: null,
    endedAtMs: null,
    exitCode: null,
    result: '',
    cancelledBy: '',
  }
}

export const jobs = (): Jobs => processWide('jobs', () => new Jobs())

/** Starts a job, or queues it behind the one that changes the same project. `ended` resolves with it when it is over. */
export function startJob(request: JobRequest): { job: Job; ended: Promise<Job> } {
  return jobs().start(request)
}

/** Asks a job to end; answers it as it is then. Throws `not_found`. */
export function cancelJob(id: string, who: string): Job {
  return jobs().cancel(id, who)
}

/** One job, live or of the history. Throws `not_found`. */
export function getJob(id: string): Job {
  return jobs().get(id)
}

/** Jobs newest first; those that run as they are now. */
export function listJobs(query: JobQuery): JobPage {
  const page = readJobs(query)
  return { ...page, jobs: page.jobs.map((job) => jobs().live.get(job.id)?.job ?? job) }
}

/** Marks what a former process left unfinished and ends what still works for it: at the start of Composure. */
export function recoverJobs(): void {
  jobs()
}
