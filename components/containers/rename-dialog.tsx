'use client'

import { useState } from 'react'
import { useContainers } from '#components/live/hooks'
import { Button } from '#components/ui/button'
import { CommandBlock } from '#components/ui/command-line'
import { Dialog } from '#components/ui/dialog'
import { ErrorPanel } from '#components/ui/error-panel'
import { Field, Input } from '#components/ui/field'
import { command } from '#lib/docker/command'
import type { Container } from '#lib/docker/containers/container'
import { containerNameProblem } from '#lib/docker/containers/container-name'
import { whilePending } from './action-store.tsx'
import { renameContainer } from './calls.ts'

export function RenameDialog({ container, onClose }: { container: Container; onClose: () => void }) {
  const [name, setName] = useState(container.name)
  const [isPending, setIsPending] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const taken = useContainers()
    .filter(({ id }) => id !== container.id)
    .map((other) => other.name)
  const problem = containerNameProblem(name, taken)
  const isSame = name === container.name
  const rename = async () => {
    setIsPending(true)
    setError(null)
    try {
      await whilePending(container.id, 'rename', () => renameContainer(container.id, name))
      onClose()
    } catch (cause) {
      setError(cause)
      setIsPending(false)
    }
  }
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={`Rename ${container.name}`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            tone="primary"
            type="submit"
            form="rename"
            isPending={isPending}
            disabled={problem !== null || isSame}
          >
            Rename
          </Button>
        </>
      }
    >
      <form
        id="rename"
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          if (problem === null && !isSame && !isPending) void rename()
        }}
      >
        <Field
          label="New name"
          hint={
            container.compose === null
              ? 'Letters, digits, _ . and -'
              : 'Compose gives its own name back the next time it recreates this container.'
          }
          error={problem}
        >
          {(control) => (
            <Input
              {...control}
              isMono
              // The dialog was opened to type here.
              // oxlint-disable-next-line jsx-a11y/no-autofocus
              autoFocus
              value={name}
              onFocus={(event) => event.target.select()}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <CommandBlock commands={[command.rename(container.name, name)]} />
        {error ? <ErrorPanel error={error} /> : null}
      </form>
    </Dialog>
  )
}
