'use client'

import { useState } from 'react'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { Field, Input } from '#components/ui/field'
import { type CleanupItem, cleanupCommands, freedBytes } from '#lib/docker/cleanup/cleanup'
import { formatBytes } from '#lib/format/bytes'
import { startCleanup } from './calls.ts'

const shownCount = 12

/** Says once more what cannot be had back; volumes only go when their number is typed. */
export function ConfirmCleanup({
  items,
  onClose,
  onStarted,
}: {
  items: readonly CleanupItem[]
  onClose: () => void
  onStarted: (jobId: string) => void
}) {
  const [typed, setTyped] = useState('')
  const lost = items.filter(({ loses }) => loses === 'data')
  const volumes = items.filter(({ kind }) => kind === 'volume')
  const rest = lost.length - shownCount
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={items.length === 1 ? `Remove ${items[0]?.name ?? ''}?` : `Remove ${items.length} things?`}
      loses={[
        ...lost.slice(0, shownCount).map((item) => (
          <span key={`${item.kind} ${item.id}`}>
            {item.kind === 'volume' ? 'All data of volume ' : 'Log and files of '}
            <b className="font-medium">{item.name}</b>
            {item.sizeBytes ? `, ${formatBytes(item.sizeBytes)}` : ''}
          </span>
        )),
        ...(rest > 0 ? [`and of ${rest} more`] : []),
      ]}
      commands={cleanupCommands(items)}
      confirmLabel={`Remove and free ${formatBytes(freedBytes(items))}`}
      isDisabled={volumes.length > 0 && typed.trim() !== String(volumes.length)}
      onConfirm={async () => onStarted((await startCleanup(items)).id)}
    >
      {volumes.length > 0 ? (
        <Field
          label={`To remove ${volumes.length === 1 ? 'a volume' : `${volumes.length} volumes`} with all data, type ${volumes.length}`}
        >
          {(control) => (
            <Input
              {...control}
              value={typed}
              inputMode="numeric"
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
      ) : null}
    </ConfirmDialog>
  )
}
