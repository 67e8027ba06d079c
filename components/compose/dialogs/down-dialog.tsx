'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { CheckField } from '#components/ui/checkbox'
import { CommandBlock } from '#components/ui/command-line'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { ErrorPanel } from '#components/ui/error-panel'
import { Field, Input, Select } from '#components/ui/field'
import { SkeletonRows } from '#components/ui/skeleton'
import { finishDown } from '#lib/compose/arguments'
import type { ComposeStatus, DownPreview } from '#lib/compose/preview'
import type { DownRequest } from '#lib/compose/request'
import { standardDown } from '#lib/compose/standard-options'
import { formatBytes } from '#lib/format/bytes'
import { downPreviewQuery } from '../calls.ts'
import { ProfileChoice } from './option-fields.tsx'
import type { ComposeDialogProps } from './dialog-props.tsx'
import { useStart } from '../use-start.tsx'

/** `docker compose down`: what goes, with its data, and what stays. Losing volumes is typed, not clicked. */
export function DownDialog({ project, status, onClose }: ComposeDialogProps) {
  const [request, setRequest] = useState<DownRequest>(() => ({
    ...standardDown,
    profiles: status.activeProfiles,
  }))
  const [typed, setTyped] = useState('')
  const set = (change: Partial<DownRequest>) => setRequest({ ...request, ...change })
  const {
    data: preview,
    error,
    isPlaceholderData,
  } = useQuery({
    ...downPreviewQuery(project, { ...request, isItself: false }),
    placeholderData: keepPreviousData,
  })
  const { commandOf, start } = useStart(project, status)
  const losesData = request.withVolumes && (preview?.volumes.length ?? 0) > 0
  const isUnsure =
    isPlaceholderData ||
    !preview ||
    (losesData && typed !== project) ||
    (preview.isItself && !request.isItself)
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      width="wide"
      title={`Take down ${project}?`}
      loses={preview ? losses(preview) : []}
      keeps={preview ? kept(preview) : []}
      confirmLabel={losesData ? 'Take down and delete the data' : 'Take down'}
      isDisabled={isUnsure}
      commands={[commandOf({ verb: 'down', ...request })]}
      onConfirm={() => start({ verb: 'down', ...request })}
    >
      {!preview && !error ? <SkeletonRows label="Asking Compose what would go" /> : null}
      {error ? <ErrorPanel error={error} /> : null}
      <DownOptions status={status} request={request} onChange={set} />
      {losesData ? (
        <Field label={`Type ${project} to delete its volumes`} hint="There is no way back.">
          {(control) => (
            <Input {...control} isMono value={typed} onChange={(event) => setTyped(event.target.value)} />
          )}
        </Field>
      ) : null}
      {preview?.isItself ? (
        <div className="grid gap-2">
          <CheckField
            label="Yes, take Composure down as well"
            hint="This page ends in the middle of it: Composure’s own container stays, stopped, with its network and every volume. Keep the line that removes them; bin/up, or docker compose up -d, brings all of it back."
            isChecked={request.isItself}
            onChange={(isItself) => set({ isItself })}
          />
          <CommandBlock commands={[finishDown(project)]} />
        </div>
      ) : null}
    </ConfirmDialog>
  )
}

function losses(preview: DownPreview): string[] {
  return [
    ...preview.volumes.map(
      ({ name, sizeBytes, isAnonymous }) =>
        `${isAnonymous ? 'anonymous volume' : 'volume'} ${isAnonymous ? name.slice(0, 12) : name} with its data${sizeBytes === null ? '' : `, ${formatBytes(sizeBytes)}`}`,
    ),
    ...preview.images.map((name) => `image ${name}`),
    ...preview.containers.map(({ name, isRunning }) => `container ${name}${isRunning ? ', which runs' : ''}`),
    ...preview.networks.map((name) => `network ${name}`),
  ]
}

function kept(preview: DownPreview): string[] {
  return [
    ...preview.keptVolumes.map((name) => `volume ${name}`),
    ...preview.keptContainers.map(
      (name) => `container ${name}: not in the files, or its profile is not chosen`,
    ),
  ]
}

function DownOptions({
  status,
  request,
  onChange,
}: {
  status: ComposeStatus
  request: DownRequest
  onChange: (change: Partial<DownRequest>) => void
}) {
  return (
    <div className="grid gap-2 border-t border-line pt-3">
      <CheckField
        label="Delete its volumes"
        hint="Named volumes of the files and anonymous ones, with everything in them."
        isChecked={request.withVolumes}
        onChange={(withVolumes) => onChange({ withVolumes })}
      />
      {status.orphans.length > 0 ? (
        <CheckField
          label={`Remove ${status.orphans.join(', ')}`}
          hint="No longer in the files."
          isChecked={request.withOrphans}
          onChange={(withOrphans) => onChange({ withOrphans })}
        />
      ) : null}
      <ProfileChoice
        status={status}
        chosen={request.profiles}
        onChange={(profiles) => onChange({ profiles })}
      />
      <Field label="Images">
        {(control) => (
          <Select
            {...control}
            value={request.images}
            onChange={({ target }) => {
              const images = (['keep', 'local', 'all'] as const).find((each) => each === target.value)
              if (images) onChange({ images })
            }}
          >
            <option value="keep">keep them</option>
            <option value="local">remove those without a name of their own</option>
            <option value="all">remove all that its services use</option>
          </Select>
        )}
      </Field>
    </div>
  )
}
