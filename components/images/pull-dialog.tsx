'use client'

import { useState } from 'react'
import { showJob } from '#components/jobs/jobs-store'
import { Field, Input } from '#components/ui/field'
import { FormDialog } from '#components/ui/form-dialog'
import { command } from '#lib/docker/command'
import { imageReferenceProblem } from '#lib/docker/images/image-reference'
import { pullImage } from './calls.ts'

/** Asks for a reference and starts the pull: its job opens in the dock, layer by layer. */
export function PullDialog({ onClose }: { onClose: () => void }) {
  const [reference, setReference] = useState('')
  const [isTouched, setIsTouched] = useState(false)
  const problem = imageReferenceProblem(reference)
  return (
    <FormDialog
      title="Pull an image"
      width="wide"
      submitLabel="Pull"
      commands={[command.pull(reference || 'IMAGE')]}
      onClose={onClose}
      check={() => {
        setIsTouched(true)
        return problem === null
      }}
      onSubmit={async () => showJob(await pullImage(reference))}
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
            onChange={(event) => {
              setReference(event.target.value.trim())
              if (event.target.value.length > 2) setIsTouched(true)
            }}
          />
        )}
      </Field>
    </FormDialog>
  )
}
