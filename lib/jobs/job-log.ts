import { inBuildOrder } from './build-order.ts'
import { isEnded, type Job } from './job.ts'
import type { JobEvent, JobMessage, JobStep, StepState } from './job-event.ts'

/** One line of the raw output: a program's, or a step in words. */
export interface OutputLine {
  n: number
  atMs: number
  text: string
  stream: 'stdout' | 'stderr' | 'note' | 'step'
  stepId: string | null
}

/** `unfinished`: its job is over, and this was under way until then. */
export type ShownState = StepState | 'unfinished'

export interface ShownStep extends Omit<JobStep, 'state'> {
  state: ShownState
}

/** Steps that belong together: the build of a service, the layers of an image, or one step that has none below it. */
export interface StepGroup {
  id: string
  label: string
  state: ShownState
  detail: string
  steps: ShownStep[]
  /** Of 1; null where it cannot be told. */
  fraction: number | null
}

/** Everything a job has said so far. Changes in place: a build prints more lines than one would copy; `version` counts. */
export class JobLog {
  job: Job | null = null
  readonly lines: OutputLine[] = []
  /** In the order in which they first came, so that nothing moves on screen. */
  readonly steps = new Map<string, JobStep>()
  version = 0
  /** The last line number: where a reader that comes back goes on. */
  last = 0

  apply({ job, events }: JobMessage): void {
    if (job) this.job = job
    for (const event of events) {
      // After a reconnect the server may begin a little earlier.
      if (event.n <= this.last) continue
      this.last = event.n
      this.#add(event)
    }
    this.version += 1
  }

  #add(event: JobEvent): void {
    const { n, atMs } = event
    if (event.kind === 'line')
      this.lines.push({ n, atMs, text: event.text, stream: event.stream, stepId: event.stepId ?? null })
    else if (event.kind === 'cut')
      this.lines.push({
        n,
        atMs,
        text: `${event.lineCount} lines are left out here`,
        stream: 'note',
        stepId: null,
      })
    else {
      const text = stepText(event.step, this.steps.get(event.step.id))
      this.steps.set(event.step.id, event.step)
      if (text !== null) this.lines.push({ n, atMs, text, stream: 'step', stepId: event.step.id })
    }
  }

  /** The step that failed, with its last lines; null when none did. */
  failure(lineCount: number): { step: JobStep; lines: OutputLine[] } | null {
    const step = [...this.steps.values()].find(({ state }) => state === 'failed')
    if (!step) return null
    return {
      step,
      lines: this.lines
        .filter(({ stepId, stream }) => stepId === step.id && stream !== 'step')
        .slice(-lineCount),
    }
  }

  groups(): StepGroup[] {
    const groups = new Map<string, ShownStep[]>()
    for (const step of this.#shownSteps()) {
      const key = step.parentId ?? step.id
      groups.set(key, [...(groups.get(key) ?? []), step])
    }
    // The image of a service is "built" once its build is over: the build says so already.
    return [...groups].filter(([id]) => !groups.has(`build ${id}`)).map(([id, steps]) => toGroup(id, steps))
  }

  /** What still ran when the job ended does not run any more. */
  #shownSteps(): ShownStep[] {
    const steps = [...this.steps.values()]
    const { job } = this
    if (job === null || !isEnded(job)) return steps
    return steps.map((step) =>
      step.state === 'running'
        ? { ...step, state: 'unfinished', endedAtMs: job.endedAtMs ?? step.startedAtMs ?? 0 }
        : step,
    )
  }

  /** How many of the known steps are over, and of 1 how far all of them are. */
  progress(): { done: number; total: number; fraction: number } {
    const all = this.groups().flatMap(({ steps }) => steps)
    const moved = all.reduce((sum, step) => sum + (stepFraction(step) ?? 0), 0)
    return {
      done: all.filter(({ state }) => state === 'done' || state === 'cached').length,
      total: all.length,
      fraction: all.length === 0 ? 0 : moved / all.length,
    }
  }
}

function toGroup(id: string, all: ShownStep[]): StepGroup {
  const own = all.find((step) => step.id === id)
  const below = all.length > 1 ? all.filter((step) => step !== own) : all
  const build = /^build (.*)$/s.exec(id)?.[1]
  const steps = build === undefined ? below : inBuildOrder(below)
  const label = build === undefined ? (own?.label ?? id) : build === '' ? 'Build' : `Build ${build}`
  return {
    id,
    label,
    state: own?.state ?? stateOf(steps),
    detail: own?.detail ?? '',
    steps,
    fraction: fractionOf(steps),
  }
}

function stateOf(steps: readonly ShownStep[]): ShownState {
  if (steps.some(({ state }) => state === 'failed')) return 'failed'
  if (steps.every(({ state }) => state === 'done' || state === 'cached')) return 'done'
  if (steps.some(({ state }) => state === 'unfinished')) return 'unfinished'
  return steps.every(({ state }) => state === 'waiting') ? 'waiting' : 'running'
}

function fractionOf(steps: readonly ShownStep[]): number | null {
  const totals = steps.map(({ totalBytes }) => totalBytes ?? 0)
  const totalBytes = totals.reduce((sum, bytes) => sum + bytes, 0)
  const isOver = ({ state }: ShownStep): boolean => state === 'done' || state === 'cached'
  if (totalBytes > 0 && steps.length > 1) {
    const moved = steps.reduce(
      (sum, step, index) => sum + (totals[index] ?? 0) * (stepFraction(step) ?? 0),
      0,
    )
    return Math.min(1, moved / totalBytes)
  }
  return steps.length === 0 ? null : steps.filter(isOver).length / steps.length
}

/** How far one step is, of 1; null when only that it moves is known. */
export function stepFraction({ state, fraction, currentBytes, totalBytes }: ShownStep): number | null {
  if (state === 'done' || state === 'cached') return 1
  if (state === 'waiting') return 0
  if (fraction !== undefined) return fraction
  return totalBytes ? Math.min(1, (currentBytes ?? 0) / totalBytes) : null
}

/** A step as a line of text, when what it does has changed; null when it only moved on. */
function stepText(step: JobStep, before: JobStep | undefined): string | null {
  if (
    before &&
    before.state === step.state &&
    (before.detail === step.detail || step.parentId?.startsWith('build '))
  )
    return null
  if (step.state === 'waiting' && !step.detail) return null
  const seconds =
    step.startedAtMs !== undefined && step.endedAtMs !== undefined && step.state === 'done'
      ? ` ${((step.endedAtMs - step.startedAtMs) / 1000).toFixed(1)} s`
      : ''
  const word = step.parentId?.startsWith('build ') ? step.state : step.detail || step.state
  return `${step.label}  ${word}${seconds}${step.error ? `: ${step.error}` : ''}`
}
