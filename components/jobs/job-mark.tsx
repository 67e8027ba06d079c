import { LoaderCircle } from 'lucide-react'
import { StateMark } from '#components/ui/state'
import type { JobState } from '#lib/jobs/job'
import type { ShownState } from '#lib/jobs/job-log'
import { jobStateWords, jobTone } from '#lib/jobs/job-words'

/** A turning mark while it runs, a shape once it is over; the word is read out. */
export function JobMark({ state }: { state: JobState }) {
  return (
    <span className="grid size-4 shrink-0 place-items-center">
      {state === 'running' ? (
        <Turning label={jobStateWords[state]} />
      ) : (
        <StateMark tone={jobTone(state)} label={jobStateWords[state]} />
      )}
    </span>
  )
}

const stepTones = {
  waiting: 'idle',
  unfinished: 'idle',
  done: 'good',
  cached: 'good',
  failed: 'bad',
} as const

export function StepMark({ state }: { state: ShownState }) {
  return (
    <span className="grid size-4 shrink-0 place-items-center">
      {state === 'running' ? (
        <Turning label="running" />
      ) : (
        <StateMark tone={stepTones[state]} label={state} />
      )}
    </span>
  )
}

function Turning({ label }: { label: string }) {
  return (
    <LoaderCircle
      role="img"
      aria-label={label}
      className="size-3.5 animate-turn text-accent"
      strokeWidth={2}
    />
  )
}
