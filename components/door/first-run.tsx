'use client'

import { useState } from 'react'
import { CodeForm } from './code-form.tsx'
import { NewPasswordForm } from './new-password-form.tsx'

/** The first visit: the code proves that this person can read the machine's logs, then a password is chosen. */
export function FirstRun(props: { nextPath: string; userName: string; minPasswordLength: number }) {
  const [code, setCode] = useState<string | null>(null)
  const [codeError, setCodeError] = useState<string | null>(null)
  if (code === null) return <CodeForm firstError={codeError} onAccepted={setCode} />
  return (
    <NewPasswordForm
      {...props}
      code={code}
      onCodeRefused={(message) => {
        setCodeError(message)
        setCode(null)
      }}
    />
  )
}
