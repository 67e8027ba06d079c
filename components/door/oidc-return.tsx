'use client'

import { useEffect, useRef, useState } from 'react'
import { LinkButton } from '#components/ui/button'
import { ErrorPanel } from '#components/ui/error-panel'
import { postJson } from '#lib/api/client'
import { pages, paths } from '#lib/api/paths'
import type { SignedIn } from '#lib/api/session'
import { enter } from './door-client.ts'

/** The way back from the OpenID provider: takes its answer out of the address at once, and hands it in. */
export function OidcReturn() {
  const [error, setError] = useState<unknown>(null)
  const isBegun = useRef(false)
  useEffect(() => {
    if (isBegun.current) return
    isBegun.current = true
    const { search, pathname } = location
    history.replaceState(null, '', pathname)
    postJson<SignedIn>(paths.sessionOidcFinish, { search }).then(
      (signedIn) => enter(signedIn, signedIn.nextPath ?? pages.home),
      (cause: unknown) => setError(cause),
    )
  }, [])
  if (!error) return <p role="status">Signing you in…</p>
  return (
    <div className="grid gap-3">
      <h1 className="text-lg font-semibold">That did not work</h1>
      <ErrorPanel error={error} />
      <LinkButton href={pages.signIn} tone="primary" className="h-9">
        Back to the sign-in page
      </LinkButton>
    </div>
  )
}
