import 'server-only'
import { CodedError } from '#lib/api/errors'
import type { Facts } from '#server/http/facts'
import { readBearer, sessionOfToken } from './api-tokens.ts'
import { readSessionCookie } from './cookies.ts'
import type { Session } from './policy.ts'
import { findSession } from './sessions.ts'

/**
 * Who asks: the API token of the `Authorization` header, or the session of the cookie, never both at once (`bad_request`).
 * Throws `token_refused`; null for nobody.
 */
export function identify(facts: Facts, authorization: string | null | undefined): Session | null {
  const token = readBearer(authorization)
  if (token === null) return findSession(facts)
  if (readSessionCookie(facts, facts.cookie) !== null)
    throw new CodedError('bad_request', 'Send either an API token or the cookie of a session, not both.')
  return sessionOfToken(token, facts.ip)
}
