'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button'
import { Field, Input } from '#components/ui/field'
import { PasswordInput } from '#components/ui/password-input'
import { postJson } from '#lib/api/client'
import { paths } from '#lib/api/paths'
import { minPasswordLength } from '#lib/api/people'
import type { SignedIn } from '#lib/api/session'
import { enter } from './door-client.ts'
import { useSubmit } from './use-submit.ts'

/** For somebody an admin gave a one-time code: name, code, and the password they choose. */
export function OneTimeForm({ nextPath, onBack }: { nextPath: string; onBack: () => void }) {
  const [name, setName] = useState('')
  const [code, setCode] = useState('')
  const [password, setPassword] = useState('')
  const { isPending, error, fieldRef, onSubmit } = useSubmit(async () => {
    enter(
      await postJson<SignedIn>(paths.sessionCode, { userName: name.trim(), code: code.trim(), password }),
      nextPath,
    )
  })
  return (
    <form onSubmit={onSubmit} className="grid gap-3">
      <h1 className="mb-1 text-lg font-semibold">Choose a password</h1>
      <Field label="Name">
        {(control) => (
          <Input
            {...control}
            ref={fieldRef}
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            className="h-9"
            required
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field label="One-time code" error={error} hint="From an admin. Works once, for 24 hours.">
        {(control) => (
          <Input
            {...control}
            isMono
            name="one-time-code"
            autoComplete="one-time-code"
            autoCapitalize="characters"
            className="h-9"
            required
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        )}
      </Field>
      <Field label="New password" hint={`At least ${minPasswordLength} characters.`}>
        {(control) => (
          <PasswordInput
            {...control}
            autoComplete="new-password"
            minLength={minPasswordLength}
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" tone="primary" className="h-9" isPending={isPending}>
        Set the password and go in
      </Button>
      <Button tone="ghost" className="h-9" onClick={onBack}>
        Sign in with a password
      </Button>
    </form>
  )
}
