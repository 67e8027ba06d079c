'use client'

import { useEffect, useRef, useState } from 'react'
import { Button } from '#components/ui/button'
import { ErrorPanel } from '#components/ui/error-panel'
import { postJson } from '#lib/api/client'
import { paths } from '#lib/api/paths'
import type { OidcBegun, SignedIn } from '#lib/api/session'
import { enter } from './door-client.ts'

export interface Ways {
  /** Who the proxy in front says this is; null without one. */
  proxyUser: string | null
  /** The name of the OpenID provider; null without one. */
  oidcName: string | null
}

/** Signing in elsewhere: whom the proxy names goes in by themselves, unless they have just signed out. */
export function OtherWays({
  proxyUser,
  oidcName,
  nextPath,
  isAtOnce,
}: Ways & { nextPath: string; isAtOnce: boolean }) {
  const [error, setError] = useState<unknown>(null)
  const [isPending, setIsPending] = useState(false)
  const isBegun = useRef(false)
  const go = (send: () => Promise<void>) => {
    setError(null)
    setIsPending(true)
    send().catch((cause: unknown) => {
      setError(cause)
      setIsPending(false)
    })
  }
  const byProxy = () => go(async () => enter(await postJson<SignedIn>(paths.sessionProxy), nextPath))
  const byOidc = () =>
    go(async () => location.assign((await postJson<OidcBegun>(paths.sessionOidc, { next: nextPath })).url))
  useEffect(() => {
    if (proxyUser === null || !isAtOnce || isBegun.current) return
    isBegun.current = true
    byProxy()
  })
  if (proxyUser === null && oidcName === null) return null
  return (
    <div className="grid gap-3">
      {proxyUser === null ? null : (
        <Button tone="primary" className="h-9" isPending={isPending} onClick={byProxy}>
          Go in as {proxyUser}
        </Button>
      )}
      {oidcName === null ? null : (
        <Button className="h-9" isPending={isPending} onClick={byOidc}>
          Sign in with {oidcName}
        </Button>
      )}
      {error ? <ErrorPanel error={error} /> : null}
    </div>
  )
}
