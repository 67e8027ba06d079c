'use client'

import { useEffect, useRef, useState } from 'react'
import { Button } from '#components/ui/button'
import { notify } from '#components/ui/toast'
import { Tooltip } from '#components/ui/tooltip'
import { command, formatCommand } from '#lib/docker/command'
import { formatBytes } from '#lib/format/bytes'
import { backUpVolume } from '../calls.ts'
import { RestoreDialog } from './restore-dialog.tsx'

/** Back up and restore, at the head of a volume's pages. */
export function VolumeTransfer({ name }: { name: string }) {
  const [savedBytes, setSavedBytes] = useState<number | null>(null)
  const saving = useRef<AbortController | null>(null)
  useEffect(() => () => saving.current?.abort(), [])
  const [isRestoring, setIsRestoring] = useState(false)
  const backUp = async () => {
    const abort = new AbortController()
    saving.current = abort
    setSavedBytes(0)
    try {
      await backUpVolume(name, { signal: abort.signal, onProgress: setSavedBytes })
    } catch (error) {
      if (!abort.signal.aborted) notify.error(`${name} could not be backed up.`, error)
    } finally {
      setSavedBytes(null)
    }
  }
  return (
    <>
      <Tooltip text={<code className="font-mono text-2xs">{formatCommand(command.volumeBackup(name))}</code>}>
        <Button needs="look" isPending={savedBytes !== null} onClick={() => void backUp()}>
          {savedBytes ? `Back up, ${formatBytes(savedBytes)}` : 'Back up'}
        </Button>
      </Tooltip>
      {savedBytes === null ? null : (
        <Button tone="ghost" onClick={() => saving.current?.abort()}>
          Cancel
        </Button>
      )}
      <Button needs="admin" onClick={() => setIsRestoring(true)}>
        Restore…
      </Button>
      {isRestoring ? (
        <RestoreDialog
          name={name}
          backUp={
            <Button needs="look" isPending={savedBytes !== null} onClick={() => void backUp()}>
              {savedBytes ? `Back it up first, ${formatBytes(savedBytes)}` : 'Back it up first'}
            </Button>
          }
          onClose={() => setIsRestoring(false)}
        />
      ) : null}
    </>
  )
}
