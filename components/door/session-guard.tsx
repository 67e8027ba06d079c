'use client'

import { useEffect } from 'react'
import { goToSignIn, hasWholeSession } from './door-client.ts'

/** A page with the cookie but without its secret (storage cleared, restored profile) could only read: sign in afresh instead. */
export function SessionGuard() {
  useEffect(() => {
    // No answer at all means the server is away: the page says that itself.
    hasWholeSession().then(
      (isWhole) => (isWhole ? undefined : goToSignIn()),
      () => undefined,
    )
  }, [])
  return null
}
