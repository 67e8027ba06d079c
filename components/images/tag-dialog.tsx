'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useImages } from '#components/live/hooks'
import { Field, Input } from '#components/ui/field'
import { FormDialog } from '#components/ui/form-dialog'
import { fieldError } from '#lib/api/field-error'
import { command } from '#lib/docker/command'
import type { Image } from '#lib/docker/images/image'
import { newImageNameProblem, repositoryAndTag } from '#lib/docker/images/image-reference'
import { imageName } from '#lib/docker/images/image-users'
import { imageDetailQuery, tagImage } from './calls.ts'

export function TagDialog({ image, onClose }: { image: Image; onClose: () => void }) {
  const queries = useQueryClient()
  const images = useImages()
  const [name, setName] = useState('')
  const [isTouched, setIsTouched] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)
  const problem = newImageNameProblem(name)
  const target = repositoryAndTag(name)
  const full = target ? `${target.repository}:${target.tag}` : ''
  const owner = images.find(({ id, tags }) => id !== image.id && tags.includes(full))
  return (
    <FormDialog
      title={`Give ${imageName(image)} another name`}
      submitLabel="Tag"
      onClose={onClose}
      commands={[command.tag(imageName(image), name || 'NAME:TAG')]}
      check={() => {
        setIsTouched(true)
        return problem === null
      }}
      isShownAtField={(error) => fieldError(error)?.field === 'name'}
      onSubmit={async () => {
        try {
          await tagImage(image.id, name)
          await queries.invalidateQueries({ queryKey: imageDetailQuery(image.id).queryKey })
        } catch (error) {
          setRefused(fieldError(error)?.message ?? null)
          throw error
        }
      }}
    >
      <Field
        label="Name"
        hint={
          owner
            ? `${full} is another image now: the name moves here, that image keeps its other names.`
            : 'repository:tag; without a tag it becomes latest.'
        }
        error={refused ?? (isTouched ? problem : null)}
      >
        {(control) => (
          <Input
            {...control}
            isMono
            // The dialog was opened to type here.
            // oxlint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
            placeholder="ghcr.io/acme/app:1.2"
            value={name}
            onChange={(event) => {
              setName(event.target.value)
              setRefused(null)
              if (event.target.value !== '') setIsTouched(true)
            }}
          />
        )}
      </Field>
    </FormDialog>
  )
}
