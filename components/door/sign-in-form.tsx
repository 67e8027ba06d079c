'use client'

import { useEffect, useRef } from 'react'
import { Button } from '#components/ui/button'
import { Field, Input } from '#components/ui/field'
import { postJson } from '#lib/api/client'
import { paths } from '#lib/api/paths'
import type { SignedIn } from '#lib/api/session'
import { enter, hasWholeSession } from './door-client.ts'
import { PasswordInput } from '#components/ui/password-input'
import { useSubmit } from './use-submit.ts'

/** Name and password; `userName` is what the name begins with. Somebody who is signed in already goes straight on. */
export function SignInForm({ nextPath, userName }: { nextPath: string; userName: string }) {
  const nameRef = useRef<HTMLInputElement | null>(null)
  const { isPending, isAwake, error, fieldRef, onSubmit } = useSubmit(async (fields) => {
    // Read where they stand: a password manager may have filled them before this page was awake.
    const [who, password] = [text(fields, 'username').trim(), text(fields, 'password')]
    enter(await postJson<SignedIn>(paths.session, { userName: who, password }), nextPath)
  })
  // Whoever has to say who they are begins there; the password has the focus otherwise.
  useEffect(() => {
    if (userName === '') nameRef.current?.focus()
  }, [userName])
  useEffect(() => {
    hasWholeSession().then(
      (isWhole) => (isWhole ? location.replace(nextPath) : undefined),
      () => undefined,
    )
  }, [nextPath])
  return (
    <form onSubmit={onSubmit} className="grid gap-3">
      <h1 className="mb-1 text-lg font-semibold">Sign in</h1>
      <Field label="Name">
        {(control) => (
          <Input
            {...control}
            ref={nameRef}
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            className="h-9"
            required
            defaultValue={userName}
          />
        )}
      </Field>
      <Field label="Password" error={error}>
        {(control) => <PasswordInput {...control} ref={fieldRef} autoComplete="current-password" required />}
      </Field>
      <Button type="submit" tone="primary" className="h-9" isPending={isPending} disabled={!isAwake}>
        Sign in
      </Button>
    </form>
  )
}

function text(fields: FormData, name: string): string {
  const value = fields.get(name)
  return typeof value === 'string' ? value : ''
}
