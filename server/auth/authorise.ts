import 'server-only'
import type { IncomingHttpHeaders } from 'node:http'
import { CodedError } from '#lib/api/errors'
import { secretHeader } from '#lib/api/client'
import type { Facts } from '#server/http/facts'
import { passedFacts } from '#server/http/passed-facts'
import { readBearer } from './api-tokens.ts'
import { identify } from './identify.ts'
import { type Policy, type Role, roleIncludes, type Session } from './policy.ts'
import { requireWritable } from './read-only.ts'
import { isSessionSecret } from './sessions.ts'

export type { Policy, Role, Session } from './policy.ts'

const nobody: Session = {
  userId: 0,
  userName: '',
  role: 'viewer',
  sessionHash: '',
  projects: [],
  tokenName: null,
}

/**
 * The session of this request if the policy lets it through; throws a CodedError otherwise. Reads ask for the cookie only;
 * what changes also for our own Origin, JSON and the per-session secret; a stream for the secret. An API token stands for cookie, Origin
 * and secret together: no page of another site can send it.
 */
export function authorise(request: Request, policy: Policy): Session {
  const facts = passedFacts(request.headers)
  const changes = isChange(request.method)
  const headers = Object.fromEntries(request.headers)
  const hasToken = readBearer(headers.authorization) !== null
  if (changes && !hasToken) requireSameOrigin(facts, headers)
  else requireNoForeignFetch(headers)
  if (changes) requireJson(request.headers, policy.isUpload ?? false)
  const session = identify(facts, headers.authorization)
  if (hasToken && policy.isForPeople)
    throw new CodedError('people_only', 'API tokens cannot do this.', { hint: 'Sign in with a browser.' })
  if (policy.role !== 'anonymous') {
    if (!session) throw new CodedError('not_signed_in', 'Sign in first.')
    requireRole(session, policy.role)
    if (!hasToken && (changes || policy.isStream)) requireSecret(session, headers[secretHeader] ?? null)
  }
  if (changes && !policy.isReadOnlySafe) requireWritable()
  return session ?? nobody
}

/** True for the methods that change something. */
export function isChange(method: string): boolean {
  return method !== 'GET' && method !== 'HEAD'
}

/** The Origin must be exactly ours: present, same scheme, host and port. */
export function requireSameOrigin(facts: Facts, headers: IncomingHttpHeaders): void {
  const site = headers['sec-fetch-site']
  if (headers.origin === facts.origin && (site === undefined || site === 'same-origin')) return
  throw new CodedError('origin_refused', 'This request did not come from a page of Composure.', {
    hint: `Open ${facts.origin} and try again there. Behind a proxy, set COMPOSURE_URL to the address people open.`,
  })
}

/** Another site's page may not even read, should a browser ever send the cookie along. */
function requireNoForeignFetch(headers: IncomingHttpHeaders): void {
  const site = headers['sec-fetch-site']
  if (site === undefined || site === 'same-origin' || site === 'none') return
  throw new CodedError('origin_refused', 'This request did not come from a page of Composure.')
}

/** A form of another page cannot send JSON nor plain bytes; a body that is neither is refused, no body is fine. */
function requireJson(headers: Headers, isUpload: boolean): void {
  const type = headers.get('content-type')
  if (type === null && Number(headers.get('content-length') ?? 0) === 0) return
  if (type !== null && /^application\/json\s*(;|$)/i.test(type)) return
  if (isUpload && type === 'application/octet-stream') return
  throw new CodedError('not_json', 'Send JSON with content-type application/json.')
}

/** Throws `role_too_low` when this person may not. */
export function requireRole(session: Session, needed: Role): void {
  if (roleIncludes(session.role, needed)) return
  throw new CodedError('role_too_low', `This needs the role ${needed}; you are ${session.role}.`, {
    hint: 'Ask an admin of this dashboard.',
  })
}

function requireSecret(session: Session, secret: string | null): void {
  if (secret && isSessionSecret(session, secret)) return
  throw new CodedError('secret_missing', 'This browser has lost its part of the session.', {
    hint: 'Sign in again.',
  })
}
