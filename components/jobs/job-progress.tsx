'use client'

import { useEffect, useEffectEvent } from 'react'
import { useJob } from '#components/live/use-job'
import { Bar } from '#components/ui/bar'
import { ErrorPanel } from '#components/ui/error-panel'
import { formatBytes } from '#lib/format/bytes'
import { isEnded, type Job } from '#lib/jobs/job'
import type { JobStep } from '#lib/jobs/job-event'
import { stepFraction } from '#lib/jobs/job-log'
import { CancelButton } from './cancel-button.tsx'
import { showInPlace } from './jobs-store.tsx'

/**
 * A job where its result belongs, instead of in the dock: a bar for each step, and how to cancel it; its result once it has ended.
 * `onEnd` is called once then.
 */
export function JobProgress({ id, onEnd }: { id: string; onEnd?: () => void }) {
  const { log, error } = useJob(id)
  const { job } = log
  const steps = [...log.steps.values()]
  const hasEnded = job !== null && isEnded(job)
  const tellEnd = useEffectEvent(() => onEnd?.())
  useEffect(() => showInPlace(id), [id])
  useEffect(() => {
    if (hasEnded) tellEnd()
  }, [hasEnded])
  if (error) return <ErrorPanel error={error} />
  if (hasEnded) return <JobEnd job={job} steps={steps} />
  return (
    <div role="status" aria-label={job?.title} className="grid gap-2">
      {job?.state === 'waiting' ? <p className="text-muted">Waits for another job to end.</p> : null}
      {steps
        .filter(({ state }) => state === 'running' || state === 'failed')
        .map((step) => (
          <StepLine key={step.id} step={step} />
        ))}
      {steps.length > 1 ? (
        <p className="text-xs text-faint">
          {steps.filter(({ state }) => state === 'done').length} of {steps.length}
        </p>
      ) : null}
      <div>{job ? <CancelButton job={job} /> : null}</div>
    </div>
  )
}

function JobEnd({ job, steps }: { job: Job; steps: readonly JobStep[] }) {
  const failed = steps.filter((step) => step.state === 'failed')
  return (
    <div role="status" className="grid gap-1">
      <p className={job.state === 'done' ? 'text-muted' : 'text-bad'}>
        {job.title}: {job.result || job.state}
      </p>
      {failed.map((step) => (
        <p key={step.id} className="text-xs text-muted">
          <b className="font-medium text-text">{step.label}</b> {step.error}
        </p>
      ))}
    </div>
  )
}

function StepLine({ step }: { step: JobStep }) {
  const { currentBytes, totalBytes, detail, label, state } = step
  return (
    <div className="grid gap-1">
      <div className="flex min-w-0 items-baseline gap-3">
        <span className="min-w-0 truncate">{label}</span>
        <span className="text-xs text-faint">{state === 'running' ? detail : state}</span>
        <span className="ml-auto shrink-0 text-xs text-muted">
          {totalBytes ? `${formatBytes(currentBytes ?? 0)} of ${formatBytes(totalBytes)}` : ''}
        </span>
      </div>
      <Bar label={label} fraction={stepFraction(step)} />
    </div>
  )
}
