'use client'

import { useState } from 'react'
import { Field, Input } from '#components/ui/field'
import { FormDialog } from '#components/ui/form-dialog'
import { registryHost } from '#lib/docker/images/registry'
import { saveRegistry } from './calls.ts'

/** Signs in to a registry; the Engine tries it before anything is kept. */
export function RegistryDialog({ onClose, onSaved }: { onClose: () => void; onSaved: () => void }) {
  const [host, setHost] = useState('')
  const [userName, setUserName] = useState('')
  const [password, setPassword] = useState('')
  const [isChecked, setIsChecked] = useState(false)
  const known = registryHost(host)
  const problems = {
    host: known ? null : 'A host like ghcr.io or registry.example:5000.',
    userName: userName.trim() ? null : 'Write the user name.',
    password: password ? null : 'Write the password or access token.',
  }
  const shown = (problem: string | null): string | null => (isChecked ? problem : null)
  return (
    <FormDialog
      title="Sign in to a registry"
      description="The Engine tries it first; only what works is kept, encrypted."
      submitLabel="Sign in"
      commands={known ? [['docker', 'login', '-u', userName.trim() || 'you', known]] : []}
      onClose={onClose}
      check={() => {
        setIsChecked(true)
        return Object.values(problems).every((problem) => problem === null)
      }}
      onSubmit={async () => {
        await saveRegistry({ host: known ?? host, userName: userName.trim(), password })
        onSaved()
      }}
    >
      <Field label="Registry" error={shown(problems.host)} hint="Docker Hub is docker.io.">
        {(control) => (
          <Input
            {...control}
            // The dialog was opened to type here.
            // oxlint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
            isMono
            placeholder="ghcr.io"
            value={host}
            onChange={(event) => setHost(event.target.value)}
          />
        )}
      </Field>
      <Field label="User name" error={shown(problems.userName)}>
        {(control) => (
          <Input {...control} value={userName} onChange={(event) => setUserName(event.target.value)} />
        )}
      </Field>
      <Field
        label="Password or access token"
        error={shown(problems.password)}
        hint="A token that may only read is the better one."
      >
        {(control) => (
          <Input
            {...control}
            type="password"
            autoComplete="new-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
    </FormDialog>
  )
}
