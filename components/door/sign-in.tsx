'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button'
import { OneTimeForm } from './one-time-form.tsx'
import { SignInForm } from './sign-in-form.tsx'

/** The door: a password, or the code an admin gave. */
export function SignIn(props: { nextPath: string; userName: string }) {
  const [hasCode, setHasCode] = useState(false)
  if (hasCode) return <OneTimeForm nextPath={props.nextPath} onBack={() => setHasCode(false)} />
  return (
    <div className="grid gap-3">
      <SignInForm {...props} />
      <Button tone="ghost" className="h-9" onClick={() => setHasCode(true)}>
        I have a one-time code
      </Button>
    </div>
  )
}
