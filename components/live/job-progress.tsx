'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button'
import { ErrorPanel } from '#components/ui/error-panel'
import { ProgressBar } from '#components/ui/progress-bar'
import { postJson } from '#lib/api/client'
import { paths } from '#lib/api/paths'
import { formatBytes } from '#lib/format/bytes'
import { isEnded } from '#lib/jobs/job'
import type { JobStep } from '#lib/jobs/job-event'
import { useJob } from './use-job.ts'

/** A running job in place: a bar for each step, and how to cancel it. Nothing once it has ended well. */
export function JobProgress({ id }: { id: string }) {
  const { job, steps, error } = useJob(id)
  const [isCancelling, setIsCancelling] = useState(false)
  if (error) return <ErrorPanel error={error} />
  if (job?.state === 'done') return null
  if (job && isEnded(job))
    return (
      <p role="alert" className="text-bad">
        {job.title}: {job.result || job.state}
      </p>
    )
  return (
    <div role="status" aria-label={job?.title} className="grid gap-2">
      {job?.state === 'waiting' ? <p className="text-muted">Waits for another job to end.</p> : null}
      {steps.map((step) => (
        <StepLine key={step.id} step={step} />
      ))}
      <div>
        <Button
          isPending={isCancelling}
          disabled={job === null}
          onClick={() => {
            setIsCancelling(true)
            void postJson(paths.jobCancel(id), {}).catch(() => setIsCancelling(false))
          }}
        >
          Cancel
        </Button>
      </div>
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
      <ProgressBar
        label={label}
        fraction={state === 'done' ? 1 : totalBytes ? (currentBytes ?? 0) / totalBytes : null}
      />
    </div>
  )
}
