'use client'

import { useState } from 'react'
import { useDiskUsage } from '#components/live/disk-usage'
import { useContainers } from '#components/live/hooks'
import { Button } from '#components/ui/button'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { Field, Input } from '#components/ui/field'
import { command } from '#lib/docker/command'
import type { Volume } from '#lib/docker/volumes/volume'
import { volumeUsers } from '#lib/docker/volumes/volume-users'
import { formatBytes } from '#lib/format/bytes'
import { removeVolume } from './calls.ts'
import { volumeTitle } from './volume-words.tsx'

/** Asks before data goes: how much it is, who holds it, and the name typed out unless it is known to be empty. */
export function RemoveVolumeDialog({
  volume,
  onClose,
  onRemoved,
}: {
  volume: Volume
  onClose: () => void
  onRemoved?: () => void
}) {
  const users = volumeUsers(volume.name, useContainers())
  const disk = useDiskUsage()
  const [typed, setTyped] = useState('')
  const sizeBytes = disk.usage?.volumes.find(({ name }) => name === volume.name)?.sizeBytes ?? null
  const isEmpty = sizeBytes === 0
  const mustType = !volume.isAnonymous && !isEmpty
  const holders = [...new Set(users.map(({ container }) => container.name))]
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={`Remove ${volumeTitle(volume)}?`}
      loses={[
        isEmpty
          ? 'Nothing: the volume is empty.'
          : sizeBytes === null
            ? 'Everything in the volume; its size was not measured.'
            : `Everything in the volume: ${formatBytes(sizeBytes)}.`,
        ...(volume.compose
          ? [`${volume.compose.project} gets a new, empty ${volume.compose.volume} at its next up.`]
          : []),
      ]}
      commands={[command.volumeRm([volume.name])]}
      confirmLabel={isEmpty ? 'Remove' : 'Remove with its data'}
      isDisabled={holders.length > 0 || (mustType && typed !== volume.name)}
      onConfirm={async () => {
        await removeVolume(volume.name)
        onRemoved?.()
      }}
    >
      {sizeBytes === null ? (
        <div>
          <Button needs="whole" isPending={disk.isMeasuring} onClick={disk.measure}>
            Measure its size
          </Button>
        </div>
      ) : null}
      {holders.length > 0 ? (
        <p className="text-bad" role="alert">
          {holders.join(', ')} {holders.length === 1 ? 'holds' : 'hold'} it: a stopped container does too.
          Remove {holders.length === 1 ? 'that container' : 'those containers'} first.
        </p>
      ) : mustType ? (
        <Field
          label={
            <>
              Type <span className="font-mono">{volume.name}</span> to confirm
            </>
          }
        >
          {(control) => (
            <Input {...control} isMono value={typed} onChange={(event) => setTyped(event.target.value)} />
          )}
        </Field>
      ) : null}
    </ConfirmDialog>
  )
}
