'use client'

import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useContainers } from '#components/live/hooks'
import { Button } from '#components/ui/button'
import { CheckField } from '#components/ui/checkbox'
import { CommandBlock } from '#components/ui/command-line'
import { Dialog } from '#components/ui/dialog'
import { ErrorPanel } from '#components/ui/error-panel'
import { Field, Input } from '#components/ui/field'
import { command } from '#lib/docker/command'
import { isAlive } from '#lib/docker/containers/container'
import { volumeUsers } from '#lib/docker/volumes/volume-users'
import type { RestoreAnswer } from '#lib/files/file-entry'
import { formatBytes } from '#lib/format/bytes'
import { restoreVolume } from '../calls.ts'

/** Unpacks a backup into a volume: says what is replaced and who runs on it, and how far it is. */
export function RestoreDialog({
  name,
  backUp,
  onClose,
}: {
  name: string
  /** Keeps what is in the volume now. */
  backUp: ReactNode
  onClose: () => void
}) {
  const queries = useQueryClient()
  const users = [
    ...new Set(
      volumeUsers(name, useContainers())
        .filter(({ container }) => isAlive(container))
        .map(({ container }) => container.name),
    ),
  ]
  const [file, setFile] = useState<File | null>(null)
  const [isConfirmed, setIsConfirmed] = useState(false)
  const [fraction, setFraction] = useState<number | null>(null)
  const [answer, setAnswer] = useState<RestoreAnswer | null>(null)
  const [error, setError] = useState<unknown>(null)
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])
  const isBusy = fraction !== null
  const restore = async () => {
    if (file === null) return
    const abort = new AbortController()
    running.current = abort
    setError(null)
    setFraction(0)
    try {
      setAnswer(
        await restoreVolume(name, file, { isConfirmed, signal: abort.signal, onProgress: setFraction }),
      )
      await queries.invalidateQueries({ queryKey: ['files'] })
    } catch (cause) {
      setError(cause)
    } finally {
      setFraction(null)
    }
  }
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={`Restore ${name}`}
      description="Unpacks a .tar or .tar.gz into the volume: files of the same name are replaced, all others stay. It is read to its end first: one that is broken or cut changes nothing."
      footer={
        <>
          <Button onClick={onClose}>{answer ? 'Close' : 'Cancel'}</Button>
          {answer ? null : backUp}
          {answer ? null : (
            <Button
              tone="danger"
              isPending={isBusy}
              disabled={file === null || (users.length > 0 && !isConfirmed)}
              onClick={() => void restore()}
            >
              Restore
            </Button>
          )}
        </>
      }
    >
      <div className="grid gap-3">
        <Field
          label="Backup"
          hint={
            file
              ? `${formatBytes(file.size)}, written ${new Date(file.lastModified).toLocaleString()}`
              : 'A backup made here, or any tar of relative paths.'
          }
        >
          {(control) => (
            <Input
              {...control}
              type="file"
              accept=".tar,.tar.gz,.tgz"
              className="h-auto! py-1"
              disabled={isBusy}
              onChange={({ target }) => {
                setFile(target.files?.[0] ?? null)
                setAnswer(null)
                setError(null)
              }}
            />
          )}
        </Field>
        {users.length > 0 ? (
          <CheckField
            label={`Although ${users.join(', ')} ${users.length === 1 ? 'runs' : 'run'} on it`}
            hint="A program whose files change under it may break them: better stop it first."
            isChecked={isConfirmed}
            onChange={setIsConfirmed}
          />
        ) : null}
        <CommandBlock commands={[command.volumeRestore(name, file?.name ?? 'backup.tar')]} />
        {isBusy ? (
          <div
            role="progressbar"
            aria-label="Restore"
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.floor((fraction ?? 0) * 100)}
            className="h-1.5 overflow-hidden rounded-full bg-sunk"
          >
            <div className="h-full bg-accent" style={{ width: `${(fraction ?? 0) * 100}%` }} />
          </div>
        ) : null}
        {answer ? (
          <p role="status" className="font-medium">
            {answer.files} {answer.files === 1 ? 'file' : 'files'}, {formatBytes(answer.bytes)}, are in {name}{' '}
            now.
          </p>
        ) : null}
        {error ? <ErrorPanel error={error} /> : null}
      </div>
    </Dialog>
  )
}
