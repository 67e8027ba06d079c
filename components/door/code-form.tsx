'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button'
import { CommandBlock } from '#components/ui/command-line'
import { Field, Input } from '#components/ui/field'
import { paths } from '#lib/api/paths'
import { postJson } from '#lib/api/client'
import { useSubmit } from './use-submit.ts'

interface CodeFormProps {
  /** Why a code that was accepted before no longer is. */
  firstError: string | null
  onAccepted: (code: string) => void
}

export function CodeForm({ firstError, onAccepted }: CodeFormProps) {
  const [code, setCode] = useState('')
  const { isPending, isAwake, error, fieldRef, onSubmit } = useSubmit(async () => {
    await postJson(paths.setupCode, { code })
    onAccepted(code)
  })
  return (
    <form onSubmit={onSubmit} className="grid gap-3">
      <h1 className="text-lg font-semibold">Welcome</h1>
      <p className="text-muted">
        Composure has printed a code into its log. Enter it to show that this machine is yours.
      </p>
      <CommandBlock commands={[['docker', 'compose', 'logs', 'dashboard']]} />
      <Field
        label="First-run code"
        error={error ?? firstError}
        hint="In the line that says “first-run code”. Works once, for 15 minutes."
      >
        {(control) => (
          <Input
            {...control}
            ref={fieldRef}
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
      <Button type="submit" tone="primary" className="h-9" isPending={isPending} disabled={!isAwake}>
        Continue
      </Button>
    </form>
  )
}
