'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { CodedError, errorCode, errorStatus } from '#lib/api/errors'
import { pages } from '#lib/api/paths'
import { applyPullMessage, noProgress, type PullProgress } from '#lib/images/pull-progress'
import { refusedField } from '#lib/run/known-problems'
import type { RunAnswer, RunSpec } from '#lib/run/run-spec'
import { pullImage } from '../images/calls.ts'
import type { RunForm } from './run-form-store.tsx'

export type RunPhase = 'asking' | 'pulling' | 'starting'

/** Pulls the image when it is not here, then runs; goes to what it made. What is refused stands at its field, or in `error`. */
export function useRun(form: RunForm, send: (spec: RunSpec) => Promise<RunAnswer>) {
  const router = useRouter()
  const [phase, setPhase] = useState<RunPhase>('asking')
  const [progress, setProgress] = useState<PullProgress>(noProgress)
  const [error, setError] = useState<unknown>(null)
  const pulling = useRef<AbortController | null>(null)
  useEffect(() => () => pulling.current?.abort(), [])
  const pull = async (): Promise<void> => {
    const controller = new AbortController()
    pulling.current = controller
    setPhase('pulling')
    let latest = noProgress
    setProgress(latest)
    await pullImage(form.spec.image, {
      signal: controller.signal,
      onMessage: (message) => {
        latest = applyPullMessage(latest, message)
        setProgress(latest)
      },
    })
    if (latest.end?.kind !== 'end') throw endError(latest)
  }
  const run = async (): Promise<void> => {
    setError(null)
    if (phase !== 'asking' || !form.check()) return
    try {
      if (form.image === null) await pull()
      setPhase('starting')
      const answer = await send(form.spec)
      router.push(pageAfter(form.spec, answer))
    } catch (cause) {
      setPhase('asking')
      if (pulling.current?.signal.aborted) return
      const field = cause instanceof Error ? refusedField(errorCode(cause), cause.message) : null
      form.refuse(field)
      setError(cause)
    }
  }
  return { phase, progress, error, run, cancelPull: () => pulling.current?.abort() }
}

/** A terminal: its own. To read what it prints: its log. Otherwise its page. */
function pageAfter({ hasTty, isInteractive, isDetached }: RunSpec, { id }: RunAnswer): string {
  if (hasTty && isInteractive && !isDetached) return `${pages.containerTab(id, 'shell')}?attach`
  return isDetached ? pages.container(id) : pages.containerTab(id, 'logs')
}

/** What a pull ended with, as an error: its own, or that it broke off. */
function endError(progress: PullProgress): CodedError {
  if (progress.end?.kind !== 'error')
    return new CodedError('internal', 'The connection broke before the pull ended.', {
      hint: 'Run it again.',
    })
  const { code, message, hint } = progress.end
  const known = code in errorStatus ? (code as keyof typeof errorStatus) : 'engine_error'
  return new CodedError(known, message, hint === undefined ? {} : { hint })
}
