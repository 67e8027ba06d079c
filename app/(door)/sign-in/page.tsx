import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { FirstRun } from '#components/door/first-run'
import { OtherWays } from '#components/door/other-ways'
import { SignIn } from '#components/door/sign-in'
import { safeNextPath } from '#lib/api/next-path'
import { externalSettings } from '#server/auth/external/settings'
import { ensureFirstRunCode, firstUserName } from '#server/auth/first-run'
import { minPasswordLength, needsSetup, onlyUserName } from '#server/auth/users'
import { passedFacts } from '#server/http/passed-facts'

export const metadata: Metadata = { title: 'Sign in' }

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const { next, out } = await searchParams
  const nextPath = safeNextPath(typeof next === 'string' ? next : null)
  const ways = {
    proxyUser: passedFacts(await headers()).proxyUser,
    oidcName: externalSettings().oidc?.name ?? null,
  }
  const isAtOnce = out === undefined
  if (!needsSetup())
    return (
      <SignIn nextPath={nextPath} userName={onlyUserName(firstUserName)} ways={ways} isAtOnce={isAtOnce} />
    )
  ensureFirstRunCode()
  return (
    <div className="grid gap-6">
      <OtherWays {...ways} nextPath={nextPath} isAtOnce={isAtOnce} />
      <FirstRun nextPath={nextPath} userName={firstUserName} minPasswordLength={minPasswordLength} />
    </div>
  )
}
