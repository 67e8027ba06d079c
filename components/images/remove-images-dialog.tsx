'use client'

import { useState } from 'react'
import { useDiskUsage } from '#components/live/disk-usage'
import { Button } from '#components/ui/button'
import { CheckField } from '#components/ui/checkbox'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { command } from '#lib/docker/command'
import type { ImageRow } from '#lib/docker/images/image-list'
import { imageName, removalOf, shortImageId } from '#lib/docker/images/image-users'
import { formatBytes } from '#lib/format/bytes'
import { removeImage } from './calls.ts'

/** Asks before images go: the exact list and bytes, and what keeps any of them. */
export function RemoveImagesDialog({
  rows,
  onClose,
  onRemoved,
}: {
  rows: readonly ImageRow[]
  onClose: () => void
  onRemoved: () => void
}) {
  const disk = useDiskUsage()
  const [isForced, setIsForced] = useState(false)
  const judged = rows.map((row) => ({ ...row, removal: removalOf(row.image, row.users) }))
  const blocked = judged.filter(({ removal }) => removal.kind === 'blocked')
  const needForce = judged.filter(({ removal }) => removal.kind === 'needs_force')
  const going = judged.filter(
    ({ removal }) => removal.kind === 'free' || (isForced && removal.kind !== 'blocked'),
  )
  const freedBytes = going.reduce((sum, { uniqueBytes }) => sum + (uniqueBytes ?? 0), 0)
  const only = rows.length === 1 ? rows[0] : undefined
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={only ? `Remove ${imageName(only.image)}?` : `Remove ${rows.length} images?`}
      loses={going.map(({ image }) => (
        <span key={image.id}>
          <b className="font-medium">{imageName(image)}</b>
          {image.tags.length > 1 ? ` and its other names ${image.tags.slice(1).join(', ')}` : ''},{' '}
          {formatBytes(image.sizeBytes)}
        </span>
      ))}
      commands={
        going.length > 0
          ? [
              command.rmi(
                going.map(({ image }) => shortImageId(image.id)),
                { isForced },
              ),
            ]
          : []
      }
      confirmLabel={going.length > 1 ? `Remove ${going.length}` : 'Remove'}
      isDisabled={going.length === 0}
      onConfirm={async () => {
        for (const { image } of going) await removeImage(image.id, isForced)
        onRemoved()
      }}
    >
      {blocked.map(({ image, removal }) => (
        <p key={image.id} role="alert" className="text-bad">
          {imageName(image)} stays: {removal.kind === 'blocked' ? holderWords(removal.holders) : ''} first;
          force does not help.
        </p>
      ))}
      {needForce.length > 0 ? (
        <CheckField
          isChecked={isForced}
          onChange={setIsForced}
          label="Force"
          hint={needForce.map(({ image, removal }) => forceWords(imageName(image), removal)).join(' ')}
        />
      ) : null}
      {going.length > 0 ? (
        disk.usage ? (
          <p className="text-muted">
            Frees {going.length > 1 ? 'at least ' : ''}
            {formatBytes(freedBytes)}; layers that other images share stay.
          </p>
        ) : (
          <div>
            <Button needs="whole" isPending={disk.isMeasuring} onClick={disk.measure}>
              Measure what this frees
            </Button>
          </div>
        )
      ) : null}
    </ConfirmDialog>
  )
}

const maxNamed = 3

/** "web runs from it. Stop and remove that", or the first few of several and how many more. */
function holderWords(holders: readonly string[]): string {
  if (holders.length === 1) return `${holders.join('')} runs from it. Stop and remove that`
  const named = holders.slice(0, maxNamed).join(', ')
  const more = holders.length > maxNamed ? ` and ${holders.length - maxNamed} more` : ''
  return `${named}${more} run from it. Stop and remove those`
}

function forceWords(name: string, removal: ReturnType<typeof removalOf>): string {
  if (removal.kind !== 'needs_force') return ''
  return removal.reason === 'several_tags'
    ? `${name} has several names: force removes all of them.`
    : `${name} is held by ${removal.holders.join(', ')} (stopped): force takes the image's name away; what those containers need of it stays on disk until they are removed.`
}
