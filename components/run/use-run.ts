'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { endOfJob, showJob } from '#components/jobs/jobs-store'
import { CodedError, errorCode } from '#lib/api/errors'
import { pages } from '#lib/api/paths'
import { refusedField } from '#lib/run/known-problems'
import type { RunAnswer, RunSpec } from '#lib/run/run-spec'
import { pullImage } from '../images/calls.ts'
import type { RunForm } from './run-form-store.tsx'

export type RunPhase = 'asking' | 'pulling' | 'starting'

/**
 * Pulls the image when it is not here, then runs; goes to what it made. The pull is a job of its own and goes on when the page is left, and then
 * nothing is run. What is refused stands at its field, or in `error`.
 */
export function useRun(form: RunForm, send: (spec: RunSpec) => Promise<RunAnswer>) {
  const router = useRouter()
  const [phase, setPhase] = useState<RunPhase>('asking')
  const [error, setError] = useState<unknown>(null)
  const waiting = useRef<AbortController | null>(null)
  useEffect(() => () => waiting.current?.abort(), [])
  const run = async (): Promise<void> => {
    setError(null)
    if (phase !== 'asking' || !form.check()) return
    const { signal } = (waiting.current = new AbortController())
    try {
      if (form.image === null) {
        setPhase('pulling')
        await pull(form.spec.image, signal)
      }
      setPhase('starting')
      const answer = await send(form.spec)
      router.push(pageAfter(form.spec, answer))
    } catch (cause) {
      if (signal.aborted) return
      setPhase('asking')
      // Who cancelled the pull knows.
      if (errorCode(cause) === 'job_cancelled') return
      form.refuse(cause instanceof Error ? refusedField(errorCode(cause), cause.message) : null)
      setError(cause)
    }
  }
  return { phase, error, run }
}

async function pull(image: string, signal: AbortSignal): Promise<void> {
  const job = await pullImage(image)
  showJob(job)
  const { state, result } = await endOfJob(job.id, signal)
  if (state === 'cancelled') throw new CodedError('job_cancelled', result)
  if (state !== 'done')
    throw new CodedError('job_failed', result, { hint: 'The pull below says more. Nothing was started.' })
}

/** A terminal: its own. To read what it prints: its log. Otherwise its page. */
function pageAfter({ hasTty, isInteractive, isDetached }: RunSpec, { id }: RunAnswer): string {
  if (hasTty && isInteractive && !isDetached) return `${pages.containerTab(id, 'shell')}?attach`
  return isDetached ? pages.container(id) : pages.containerTab(id, 'logs')
}
