'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button'
import { OneTimeForm } from './one-time-form.tsx'
import { OtherWays, type Ways } from './other-ways.tsx'
import { SignInForm } from './sign-in-form.tsx'

interface SignInProps {
  nextPath: string
  userName: string
  ways: Ways
  /** False for somebody who has just signed out. */
  isAtOnce: boolean
}

/** The door: a password, the code an admin gave, or wherever else one signs in. */
export function SignIn({ nextPath, userName, ways, isAtOnce }: SignInProps) {
  const [hasCode, setHasCode] = useState(false)
  if (hasCode) return <OneTimeForm nextPath={nextPath} onBack={() => setHasCode(false)} />
  const hasOthers = ways.proxyUser !== null || ways.oidcName !== null
  return (
    <div className="grid gap-3">
      <OtherWays {...ways} nextPath={nextPath} isAtOnce={isAtOnce} />
      {hasOthers ? <hr className="my-2 border-line" /> : null}
      <SignInForm nextPath={nextPath} userName={userName} />
      <Button tone="ghost" className="h-9" onClick={() => setHasCode(true)}>
        I have a one-time code
      </Button>
    </div>
  )
}
