import 'server-only'
import type { JobLine, JobStep } from '#lib/jobs/job-event'
import type { JobOutput } from './output.ts'

const progressEveryMs = 200
const maxLineChars = 262_144
const maxWordChars = 1_000

/** Where a running job puts what it has to show. */
export interface JobSink {
  /** One line without its end. */
  line: (text: string, stream?: JobLine['stream'], stepId?: string) => void
  /** A step as it is now; of steps that only move on, a few a second are kept. */
  step: (step: JobStep) => void
  /** Remembers the process (group leader) that works for this job, so that it never outlives an interrupted one. */
  process: (processId: number | null) => void
  /** Resolves when so much is written that more may come: await it between chunks. */
  drained: () => Promise<void>
}

interface Held {
  state: JobStep['state']
  writtenAtMs: number
  waiting: JobStep | null
}

/** A sink that writes to `output`: bounds what hostile programs print, and thins out mere progress. */
export function createSink(
  output: JobOutput,
  onProcess: (processId: number | null) => void,
): JobSink & { flush: () => void } {
  const steps = new Map<string, Held>()
  const write = (step: JobStep): void => {
    steps.set(step.id, { state: step.state, writtenAtMs: performance.now(), waiting: null })
    output.write({ kind: 'step', step })
  }
  const flush = (): void => {
    for (const { waiting } of steps.values()) if (waiting) write(waiting)
  }
  return {
    line: (text, stream = 'stdout', stepId) => {
      flushStep(stepId)
      output.write({ kind: 'line', text: cut(text, maxLineChars), stream, ...(stepId ? { stepId } : {}) })
    },
    step: (raw) => {
      const step = bounded(raw)
      const held = steps.get(step.id)
      const isMoving =
        held?.state === step.state &&
        step.state === 'running' &&
        performance.now() - held.writtenAtMs < progressEveryMs
      if (isMoving) held.waiting = step
      else write(step)
    },
    process: onProcess,
    drained: () => output.drained(),
    flush,
  }

  function flushStep(id: string | undefined): void {
    const waiting = id === undefined ? null : steps.get(id)?.waiting
    if (waiting) write(waiting)
  }
}

function bounded(step: JobStep): JobStep {
  return {
    ...step,
    id: cut(step.id, maxWordChars),
    label: cut(step.label, maxWordChars),
    ...(step.detail === undefined ? {} : { detail: cut(step.detail, maxWordChars) }),
    ...(step.error === undefined ? {} : { error: cut(step.error, maxWordChars) }),
  }
}

const cut = (text: string, maxChars: number): string =>
  text.length > maxChars ? `${text.slice(0, maxChars)}… (${text.length - maxChars} more characters)` : text
