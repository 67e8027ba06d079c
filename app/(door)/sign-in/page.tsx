import type { Metadata } from 'next'
import { FirstRun } from '#components/door/first-run'
import { SignIn } from '#components/door/sign-in'
import { safeNextPath } from '#lib/api/next-path'
import { ensureFirstRunCode, firstUserName } from '#server/auth/first-run'
import { minPasswordLength, needsSetup } from '#server/auth/users'

export const metadata: Metadata = { title: 'Sign in' }

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const { next } = await searchParams
  const nextPath = safeNextPath(typeof next === 'string' ? next : null)
  if (!needsSetup()) return <SignIn nextPath={nextPath} userName={firstUserName} />
  ensureFirstRunCode()
  return <FirstRun nextPath={nextPath} userName={firstUserName} minPasswordLength={minPasswordLength} />
}
