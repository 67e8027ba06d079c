'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button'
import { notify } from '#components/ui/toast'
import type { Job } from '#lib/jobs/job'
import { cancelJob } from './calls.ts'

/** Ends a job; its processes are gone within two seconds. */
export function CancelButton({ job }: { job: Job }) {
  const [isPending, setIsPending] = useState(false)
  const cancel = async () => {
    setIsPending(true)
    try {
      await cancelJob(job.id)
    } catch (error) {
      setIsPending(false)
      notify.error(`Could not cancel ${job.title}`, error)
    }
  }
  return (
    <Button
      needs="operator"
      isPending={isPending || job.cancelledBy !== ''}
      onClick={() => void cancel()}
      aria-label={`Cancel ${job.title}`}
    >
      Cancel
    </Button>
  )
}
