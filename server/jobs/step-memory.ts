import 'server-only'
import type { JobStep } from '#lib/jobs/job-event'
import type { JobSink } from './sink.ts'

/** A sink that remembers the steps it passes on. */
export interface StepMemory {
  sink: JobSink
  /** Everything each step has been: a container is recreated first and started then. */
  all: () => JobStep[]
  /** Each step as it was at last. */
  last: () => JobStep[]
}

/** Remembers what goes into `sink`; `change` makes of a step what is shown and remembered. */
export function rememberSteps(
  sink: JobSink,
  change: (step: JobStep) => JobStep = (step) => step,
): StepMemory {
  const all = new Map<string, JobStep>()
  const last = new Map<string, JobStep>()
  return {
    sink: {
      ...sink,
      step: (raw) => {
        const step = change(raw)
        all.set(`${step.id} ${step.state} ${step.detail ?? ''}`, step)
        last.set(step.id, step)
        sink.step(step)
      },
    },
    all: () => [...all.values()],
    last: () => [...last.values()],
  }
}
