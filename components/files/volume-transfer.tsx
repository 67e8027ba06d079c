'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button'
import { notify } from '#components/ui/toast'
import { Tooltip } from '#components/ui/tooltip'
import { command, formatCommand } from '#lib/docker/command'
import { backUpVolume } from './calls.ts'
import { RestoreDialog } from './restore-dialog.tsx'

/** Back up and restore, at the head of a volume's pages. */
export function VolumeTransfer({ name }: { name: string }) {
  const [isSaving, setIsSaving] = useState(false)
  const [isRestoring, setIsRestoring] = useState(false)
  const backUp = async () => {
    setIsSaving(true)
    try {
      await backUpVolume(name)
    } catch (error) {
      notify.error(`${name} could not be backed up.`, error)
    } finally {
      setIsSaving(false)
    }
  }
  return (
    <>
      <Tooltip text={<code className="font-mono text-2xs">{formatCommand(command.volumeBackup(name))}</code>}>
        <Button needs="operator" isPending={isSaving} onClick={() => void backUp()}>
          Back up
        </Button>
      </Tooltip>
      <Button needs="admin" onClick={() => setIsRestoring(true)}>
        Restore…
      </Button>
      {isRestoring ? <RestoreDialog name={name} onClose={() => setIsRestoring(false)} /> : null}
    </>
  )
}
