'use client'

import { useState } from 'react'
import { storeSecret } from '../live/secret.ts'
import { Button } from '#components/ui/button'
import { ErrorPanel } from '#components/ui/error-panel'
import { Field } from '#components/ui/field'
import { PasswordInput } from '#components/ui/password-input'
import { fieldError } from '#lib/api/field-error'
import { minPasswordLength, passwordProblem } from '#lib/api/people'
import { changeOwnPassword } from './calls.ts'

/** A new password for the person in front; this page comes back with a fresh session, every other one ends. */
export function PasswordForm() {
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const [problems, setProblems] = useState<{ current?: string; password?: string }>({})
  const [error, setError] = useState<unknown>(null)
  const [isPending, setIsPending] = useState(false)
  const submit = async () => {
    const problem = passwordProblem(password)
    setProblems(problem === null ? {} : { password: problem })
    setError(null)
    if (problem !== null) return
    setIsPending(true)
    try {
      const { secret } = await changeOwnPassword(current, password)
      storeSecret(secret)
      location.reload()
    } catch (cause) {
      setIsPending(false)
      const refused = fieldError(cause)
      if (refused) setProblems({ [refused.field]: refused.message })
      else setError(cause)
    }
  }
  return (
    <form
      noValidate
      className="grid max-w-80 gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isPending) void submit()
      }}
    >
      <Field label="Your password now" error={problems.current ?? null}>
        {(control) => (
          <PasswordInput
            {...control}
            autoComplete="current-password"
            value={current}
            onChange={(event) => setCurrent(event.target.value)}
          />
        )}
      </Field>
      <Field
        label="The new one"
        error={problems.password ?? null}
        hint={`At least ${minPasswordLength} characters.`}
      >
        {(control) => (
          <PasswordInput
            {...control}
            autoComplete="new-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      {error ? <ErrorPanel error={error} /> : null}
      <div>
        <Button type="submit" isPending={isPending} disabled={current === '' || password === ''}>
          Change the password
        </Button>
      </div>
    </form>
  )
}
