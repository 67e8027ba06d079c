'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { Field, Input, Select } from '#components/ui/field'
import type { ExecRequest } from '#lib/docker/exec'

/** Which shell, as whom, and where. */
export function NewShell({
  isOpen,
  onOpenChange,
  onStart,
}: {
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  onStart: (wanted: Partial<ExecRequest>) => void
}) {
  const [shell, setShell] = useState('auto')
  const [other, setOther] = useState('')
  const [user, setUser] = useState('')
  const [workingDir, setWorkingDir] = useState('')
  const start = (): void => {
    onOpenChange(false)
    onStart({ shell: shell === 'other' ? other || 'auto' : shell, user, workingDir })
  }
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title="New shell"
      footer={
        <Button tone="primary" form="new-shell" type="submit">
          Start
        </Button>
      }
    >
      <form
        id="new-shell"
        className="grid gap-1"
        onSubmit={(event) => {
          event.preventDefault()
          start()
        }}
      >
        <Field label="Shell" hint="Automatic takes bash where there is one, else what there is.">
          {(control) => (
            <Select {...control} value={shell} onChange={({ target }) => setShell(target.value)}>
              <option value="auto">Automatic</option>
              <option value="bash">bash</option>
              <option value="sh">sh</option>
              <option value="zsh">zsh</option>
              <option value="other">Another…</option>
            </Select>
          )}
        </Field>
        {shell === 'other' ? (
          <Field label="Name or path">
            {(control) => (
              <Input
                {...control}
                isMono
                placeholder="/busybox/sh"
                value={other}
                onChange={({ target }) => setOther(target.value)}
              />
            )}
          </Field>
        ) : null}
        <Field label="User" hint="Empty means the container’s own. 0 is root.">
          {(control) => (
            <Input
              {...control}
              isMono
              placeholder="0"
              value={user}
              onChange={({ target }) => setUser(target.value)}
            />
          )}
        </Field>
        <Field label="Folder" hint="Empty means the container’s own.">
          {(control) => (
            <Input
              {...control}
              isMono
              placeholder="/app"
              value={workingDir}
              onChange={({ target }) => setWorkingDir(target.value)}
            />
          )}
        </Field>
      </form>
    </Dialog>
  )
}
