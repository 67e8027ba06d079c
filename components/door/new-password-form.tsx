'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button'
import { Field, Input } from '#components/ui/field'
import { postJson } from '#lib/api/client'
import { errorCode } from '#lib/api/errors'
import { paths } from '#lib/api/paths'
import type { SignedIn } from '#lib/api/session'
import { enter } from './door-client.ts'
import { PasswordInput } from '#components/ui/password-input'
import { useSubmit } from './use-submit.ts'

interface NewPasswordFormProps {
  code: string
  nextPath: string
  userName: string
  minPasswordLength: number
  /** The code ran out while the password was chosen. */
  onCodeRefused: (message: string) => void
}

export function NewPasswordForm({
  code,
  nextPath,
  userName,
  minPasswordLength,
  onCodeRefused,
}: NewPasswordFormProps) {
  const [password, setPassword] = useState('')
  const { isPending, error, fieldRef, onSubmit } = useSubmit(async () => {
    try {
      enter(await postJson<SignedIn>(paths.setup, { code, password }), nextPath)
    } catch (failure) {
      // Somebody else was first: the page now asks for their password.
      if (errorCode(failure) === 'already_set_up') location.reload()
      else if (errorCode(failure) === 'setup_code_wrong' && failure instanceof Error)
        onCodeRefused(failure.message)
      else throw failure
    }
  })
  return (
    <form onSubmit={onSubmit} className="grid gap-3">
      <h1 className="text-lg font-semibold">Choose a password</h1>
      <p className="text-muted">You are the first user, and its admin. The code is used up with this step.</p>
      <Field label="Name">
        {(control) => (
          <Input
            {...control}
            name="username"
            autoComplete="username"
            className="h-9 text-muted"
            readOnly
            value={userName}
          />
        )}
      </Field>
      <Field label="Password" error={error} hint={`At least ${minPasswordLength} characters.`}>
        {(control) => (
          <PasswordInput
            {...control}
            ref={fieldRef}
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
    </form>
  )
}
