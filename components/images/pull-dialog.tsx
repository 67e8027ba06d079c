'use client'

import Link from 'next/link'
import { useEffect, useRef, useState } from 'react'
import { useImages } from '#components/live/hooks'
import { Button } from '#components/ui/button'
import { CommandBlock } from '#components/ui/command-line'
import { Dialog } from '#components/ui/dialog'
import { ErrorPanel } from '#components/ui/error-panel'
import { Field, Input } from '#components/ui/field'
import { CodedError, errorStatus } from '#lib/api/errors'
import { pages } from '#lib/api/paths'
import { command } from '#lib/docker/command'
import { imageReferenceProblem, repositoryAndTag } from '#lib/docker/image-reference'
import { applyPullMessage, noProgress, type PullProgress } from '#lib/images/pull-progress'
import { pullImage } from './calls.ts'
import { PullLayers } from './pull-layers.tsx'

type Phase = 'asking' | 'pulling' | 'done' | 'failed' | 'cancelled'

/** Asks for a reference, then shows the pull layer by layer; closing it cancels. */
export function PullDialog({ onClose }: { onClose: () => void }) {
  const [reference, setReference] = useState('')
  const [isTouched, setIsTouched] = useState(false)
  const [phase, setPhase] = useState<Phase>('asking')
  const [progress, setProgress] = useState<PullProgress>(noProgress)
  const [error, setError] = useState<unknown>(null)
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])
  const problem = imageReferenceProblem(reference)
  const pull = async () => {
    setIsTouched(true)
    if (problem !== null || phase === 'pulling') return
    const controller = new AbortController()
    running.current = controller
    setPhase('pulling')
    setProgress(noProgress)
    setError(null)
    try {
      let latest = noProgress
      await pullImage(reference, {
        signal: controller.signal,
        onMessage: (message) => {
          latest = applyPullMessage(latest, message)
          setProgress(latest)
        },
      })
      if (latest.end?.kind === 'end') setPhase('done')
      else throw endError(latest)
    } catch (cause) {
      if (controller.signal.aborted) setPhase('cancelled')
      else {
        setError(cause)
        setPhase('failed')
      }
    }
  }
  const isPulling = phase === 'pulling'
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title="Pull an image"
      width="wide"
      footer={
        <>
          {isPulling ? (
            <span className="mr-auto self-center text-xs text-faint">Closing cancels the pull.</span>
          ) : null}
          <Button onClick={isPulling ? () => running.current?.abort() : onClose}>
            {isPulling ? 'Cancel the pull' : 'Close'}
          </Button>
          {phase === 'done' ? null : (
            <Button tone="primary" needs="engine" type="submit" form="pull" isPending={isPulling}>
              {phase === 'asking' ? 'Pull' : 'Pull again'}
            </Button>
          )}
        </>
      }
    >
      <form
        id="pull"
        noValidate
        className="grid gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          void pull()
        }}
      >
        <Field
          label="Image"
          hint="From Docker Hub, or with the registry in front: ghcr.io/acme/app:1.2"
          error={isTouched ? problem : null}
        >
          {(control) => (
            <Input
              {...control}
              isMono
              // The dialog was opened to type here.
              // oxlint-disable-next-line jsx-a11y/no-autofocus
              autoFocus
              placeholder="postgres:17"
              value={reference}
              readOnly={isPulling}
              onChange={(event) => {
                setReference(event.target.value.trim())
                if (event.target.value.length > 2) setIsTouched(true)
              }}
            />
          )}
        </Field>
        <CommandBlock commands={[command.pull(reference || 'IMAGE')]} />
        {phase === 'asking' ? null : <PullLayers progress={progress} isPulling={isPulling} />}
        {phase === 'done' ? (
          <PullDone reference={reference} isNew={progress.end?.kind === 'end' && progress.end.isNew} />
        ) : null}
        {phase === 'cancelled' ? (
          <p role="status" className="text-muted">
            Cancelled. Layers that were whole are kept and not fetched again next time.
          </p>
        ) : null}
        {error ? <ErrorPanel error={error} /> : null}
      </form>
    </Dialog>
  )
}

function PullDone({ reference, isNew }: { reference: string; isNew: boolean }) {
  const target = repositoryAndTag(reference)
  const name = target ? `${target.repository}:${target.tag}` : reference
  const image = useImages().find(({ tags, digests }) => tags.includes(name) || digests.includes(reference))
  return (
    <p role="status" className="font-medium">
      {isNew ? `${name} is here.` : `${name} is up to date: the registry has nothing newer.`}{' '}
      {image ? (
        <Link className="font-normal text-accent hover:underline" href={pages.image(image.id)}>
          Look at it
        </Link>
      ) : null}
    </p>
  )
}

/** What the stream ended with, as an error: its own, or that it broke off. */
function endError(progress: PullProgress): CodedError {
  if (progress.end?.kind !== 'error')
    return new CodedError('internal', 'The connection broke before the pull ended.', { hint: 'Pull again.' })
  const { code, message, hint } = progress.end
  return new CodedError(
    code in errorStatus ? (code as keyof typeof errorStatus) : 'engine_error',
    message,
    hint === undefined ? {} : { hint },
  )
}
