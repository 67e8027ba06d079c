import 'server-only'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { pages } from '#lib/api/paths'
import { passedFacts, passedNonce } from '#server/http/passed-facts'
import type { Session } from './policy.ts'
import { findSession } from './sessions.ts'

/**
 * The session of a page, or off to the sign-in page and back. Every page outside `app/(door)` begins with it: a layout does
 * not run again when the browser goes from page to page (`server/auth/page-session.test.ts` walks the pages).
 */
export async function requirePageSession(): Promise<Session> {
  const facts = passedFacts(await headers())
  const session = findSession(facts)
  if (session) return session
  const search = new URLSearchParams(facts.search)
  search.delete('_rsc')
  const here = `${facts.pathname}${search.size > 0 ? `?${search.toString()}` : ''}`
  redirect(here === '/' ? pages.signIn : `${pages.signIn}?next=${encodeURIComponent(here)}`)
}

/** The nonce an inline script of this page must carry. */
export async function pageNonce(): Promise<string> {
  return passedNonce(await headers())
}

/** The address this page was opened at: `scheme://host[:port]`. */
export async function ownOrigin(): Promise<string> {
  return passedFacts(await headers()).origin
}
