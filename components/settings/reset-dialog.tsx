'use client'

import { useState } from 'react'
import { CheckField } from '#components/ui/checkbox'
import { Field } from '#components/ui/field'
import { FormDialog } from '#components/ui/form-dialog'
import { PasswordInput } from '#components/ui/password-input'
import { minPasswordLength, type OneTimeCode, passwordProblem, type Person } from '#lib/api/people'
import { resetPassword } from './calls.ts'

/** A forgotten password: a code to choose a new one with, or one that is set here. Ends everything they have open. */
export function ResetDialog({
  person,
  onClose,
  onCode,
}: {
  person: Person
  onClose: () => void
  onCode: (code: OneTimeCode | null) => void
}) {
  const [byHand, setByHand] = useState(false)
  const [password, setPassword] = useState('')
  const [error, setError] = useState<string | null>(null)
  return (
    <FormDialog
      title={`Reset the password of ${person.name}`}
      description="Their password stops working now, and they are signed out everywhere."
      submitLabel="Reset"
      commands={[]}
      onClose={onClose}
      check={() => {
        const problem = byHand ? passwordProblem(password) : null
        setError(problem)
        return problem === null
      }}
      onSubmit={async () => onCode((await resetPassword(person.id, byHand ? password : undefined)).code)}
    >
      <CheckField
        label="Set a password myself"
        hint="Otherwise you get a one-time code for them, good for 24 hours."
        isChecked={byHand}
        onChange={setByHand}
      />
      {byHand ? (
        <Field label="New password" error={error} hint={`At least ${minPasswordLength} characters.`}>
          {(control) => (
            <PasswordInput
              {...control}
              autoComplete="new-password"
              value={password}
              onChange={(event) => {
                setPassword(event.target.value)
                setError(null)
              }}
            />
          )}
        </Field>
      ) : null}
    </FormDialog>
  )
}
