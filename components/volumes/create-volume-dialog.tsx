'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useVolumes } from '#components/live/hooks'
import { Field, Input, Textarea } from '#components/ui/field'
import { FormDialog } from '#components/ui/form-dialog'
import { fieldError } from '#lib/api/field-error'
import { pages } from '#lib/api/paths'
import { command } from '#lib/docker/command'
import { readLabels, volumeDriverProblem, volumeNameProblem } from '#lib/docker/volumes/volume-name'
import { createVolume } from './calls.ts'

type FieldName = 'name' | 'driver' | 'labels'

export function CreateVolumeDialog({ onClose }: { onClose: () => void }) {
  const router = useRouter()
  const volumes = useVolumes()
  const [fields, setFields] = useState({ name: '', driver: 'local', labels: '' })
  const [touched, setTouched] = useState<ReadonlySet<FieldName>>(new Set())
  const [refused, setRefused] = useState<{ field: string; message: string } | null>(null)
  const read = readLabels(fields.labels)
  const labels = 'labels' in read ? read.labels : {}
  const problems: Record<FieldName, string | null> = {
    name: volumeNameProblem(
      fields.name,
      volumes.map(({ name }) => name),
    ),
    driver: volumeDriverProblem(fields.driver),
    labels: 'problem' in read ? read.problem : null,
  }
  const errorOf = (field: FieldName): string | null =>
    refused?.field === field ? refused.message : touched.has(field) ? problems[field] : null
  const set = (field: FieldName, value: string) => {
    setFields({ ...fields, [field]: value })
    setRefused(null)
    // One letter is not a mistake yet while somebody types a name.
    if (value.length > 1) setTouched(new Set(touched).add(field))
  }
  return (
    <FormDialog
      title="New volume"
      description="Keeps its data when containers are removed and made again."
      submitLabel="Create"
      onClose={onClose}
      commands={[
        command.volumeCreate(fields.name || 'NAME', {
          ...(fields.driver === 'local' ? {} : { driver: fields.driver }),
          labels,
        }),
      ]}
      check={() => {
        setTouched(new Set(['name', 'driver', 'labels'] as const))
        return Object.values(problems).every((problem) => problem === null)
      }}
      isShownAtField={(error) => fieldError(error) !== null}
      onSubmit={async () => {
        try {
          const { name } = await createVolume({ name: fields.name, driver: fields.driver, labels })
          router.push(pages.volume(name))
        } catch (error) {
          setRefused(fieldError(error))
          throw error
        }
      }}
    >
      <Field label="Name" error={errorOf('name')}>
        {(control) => (
          <Input
            {...control}
            isMono
            // The dialog was opened to type here.
            // oxlint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
            placeholder="shop_data"
            value={fields.name}
            onChange={(event) => set('name', event.target.value)}
          />
        )}
      </Field>
      <Field label="Driver" hint="local keeps it on the disk of this machine." error={errorOf('driver')}>
        {(control) => (
          <Input
            {...control}
            isMono
            value={fields.driver}
            onChange={(event) => set('driver', event.target.value)}
          />
        )}
      </Field>
      <Field label="Labels" hint="One key=value a line." error={errorOf('labels')}>
        {(control) => (
          <Textarea
            {...control}
            isMono
            rows={3}
            placeholder="team=data"
            value={fields.labels}
            onChange={(event) => set('labels', event.target.value)}
          />
        )}
      </Field>
    </FormDialog>
  )
}
