import { LoaderCircle } from 'lucide-react'
import { StateMark } from '#components/ui/state'
import type { JobState } from '#lib/jobs/job'
import type { StepState } from '#lib/jobs/job-event'
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

export function StepMark({ state }: { state: StepState }) {
  return (
    <span className="grid size-4 shrink-0 place-items-center">
      {state === 'running' ? (
        <Turning label="running" />
      ) : (
        <StateMark tone={state === 'failed' ? 'bad' : state === 'waiting' ? 'idle' : 'good'} label={state} />
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
