import 'server-only'
import * as client from 'openid-client'
import { CodedError, errorCode } from '#lib/api/errors'
import { safeNextPath } from '#lib/api/next-path'
import { pages } from '#lib/api/paths'
import { log } from '#server/log'
import { passedFacts } from '#server/http/passed-facts'
import { processWide } from '#server/process-wide'
import type { AuditNote } from '../audit.ts'
import { openSession } from '../sign-in.ts'
import { hashToken, newToken } from '../tokens.ts'
import { readAttemptCookie, attemptCookie } from './attempt-cookie.ts'
import { personFromElsewhere } from './person-from-elsewhere.ts'
import { claimAt, groupsIn } from './claims.ts'
import { externalSettings, isLoopback, type OidcSettings, roleOfGroups } from './settings.ts'

const attemptMs = 10 * 60_000
const maxAttempts = 1000
const providerTimeoutSeconds = 10

/** One trip to the provider and back; known by the hash of what the browser's cookie carries, good once. */
interface Attempt {
  verifier: string
  state: string
  nonce: string
  nextPath: string
  expiresAtMs: number
}

const attempts = processWide('oidc.attempts', () => new Map<string, Attempt>())

/** Where to send the browser to sign in, and the cookie that ties the way back to it. Throws `not_found`, `provider_unreachable`. */
export async function beginOidc(request: Request, next: string | undefined): Promise<Response> {
  const { settings, config } = await provider()
  const attempt: Attempt = {
    verifier: client.randomPKCECodeVerifier(),
    state: client.randomState(),
    nonce: client.randomNonce(),
    nextPath: safeNextPath(next),
    expiresAtMs: performance.now() + attemptMs,
  }
  const id = newToken()
  remember(hashToken(id), attempt)
  const facts = passedFacts(request.headers)
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: facts.origin + pages.signInOidc,
    scope: settings.scopes,
    code_challenge: await client.calculatePKCECodeChallenge(attempt.verifier),
    code_challenge_method: 'S256',
    state: attempt.state,
    nonce: attempt.nonce,
  })
  return Response.json(
    { url: url.href },
    { headers: { 'cache-control': 'no-store', 'set-cookie': attemptCookie(facts, id, attemptMs) } },
  )
}

/** Signs in whom the provider sent back with `search`, the query of the return page. Throws `wrong_credentials`, `provider_unreachable`. */
export async function finishOidc(
  request: Request,
  search: string,
  audit: Pick<AuditNote, 'target'>,
): Promise<Response> {
  const { settings, config } = await provider()
  const facts = passedFacts(request.headers)
  const attempt = take(readAttemptCookie(facts, facts.cookie))
  const claims = await claimsOf(config, new URL(facts.origin + pages.signInOidc + search), attempt, settings)
  const isVerified = claims.email_verified !== false
  const name = [claimAt(claims, settings.nameClaim), isVerified ? claims.email : null, claims.sub].find(
    (each): each is string => typeof each === 'string' && each !== '',
  )
  audit.target({ id: claims.sub.slice(0, 100), name: (name ?? '').slice(0, 100) })
  const user = personFromElsewhere({
    origin: 'oidc',
    subject: `${settings.issuer.href} ${claims.sub}`,
    name: name ?? '',
    role: roleOfGroups(groupsIn(claims, settings.rolesClaim), externalSettings()),
  })
  return openSession(request, user, attempt.nextPath)
}

type Claims = Record<string, unknown> & { sub: string }

async function claimsOf(
  config: client.Configuration,
  url: URL,
  attempt: Attempt,
  settings: OidcSettings,
): Promise<Claims> {
  try {
    const tokens = await client.authorizationCodeGrant(config, url, {
      pkceCodeVerifier: attempt.verifier,
      expectedState: attempt.state,
      expectedNonce: attempt.nonce,
      idTokenExpected: true,
    })
    const claims: Claims | undefined = tokens.claims()
    if (!claims) throw new Error('the answer has no ID token')
    const isComplete =
      claimAt(claims, settings.rolesClaim) !== undefined && claimAt(claims, settings.nameClaim)
    if (isComplete || !config.serverMetadata().userinfo_endpoint) return claims
    return { ...(await client.fetchUserInfo(config, tokens.access_token, claims.sub)), ...claims }
  } catch (cause) {
    throw refused(cause)
  }
}

/** The provider's own words go to the log, not to whoever stands at the door. */
function refused(cause: unknown): CodedError {
  if (isUnreachable(cause)) return unreachable(cause)
  const reason = cause instanceof Error ? cause.message : String(cause)
  log.warn('an answer of the OpenID provider was refused', { reason, code: codeIn(cause) })
  return new CodedError('wrong_credentials', 'The answer of the sign-in provider was not accepted.', {
    hint: 'Try again from the sign-in page; the log of Composure has the reason.',
    cause,
  })
}

function isUnreachable(cause: unknown): boolean {
  const code = codeIn(cause)
  return code === 'OAUTH_TIMEOUT' || (cause instanceof TypeError && cause.message === 'fetch failed')
}

function codeIn(cause: unknown): string {
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : ''
}

function unreachable(cause: unknown): CodedError {
  log.warn('the OpenID provider cannot be reached', {
    error: cause instanceof Error ? `${cause.message} ${codeIn(cause)}`.trim() : String(cause),
  })
  return new CodedError('provider_unreachable', 'The sign-in provider does not answer.', {
    hint: 'Try again in a moment, or sign in with a password.',
    cause,
  })
}

/** The provider as it describes itself, asked once; after a failure the next sign-in asks again. */
async function provider(): Promise<{ settings: OidcSettings; config: client.Configuration }> {
  const settings = externalSettings().oidc
  if (!settings) throw new CodedError('not_found', 'Signing in by OpenID is not set up here.')
  const held = processWide('oidc.provider', (): { config: Promise<client.Configuration> | null } => ({
    config: null,
  }))
  held.config ??= client.discovery(
    settings.issuer,
    settings.clientId,
    {},
    settings.clientSecret === '' ? client.None() : client.ClientSecretPost(settings.clientSecret),
    {
      timeout: providerTimeoutSeconds,
      // The ID token's signature is checked, though it came over TLS from the provider itself.
      execute: [
        client.enableNonRepudiationChecks,
        ...(isLoopback(settings.issuer.hostname) ? [client.allowInsecureRequests] : []),
      ],
    },
  )
  try {
    return { settings, config: await held.config }
  } catch (cause) {
    held.config = null
    throw errorCode(cause) ? cause : unreachable(cause)
  }
}

function remember(key: string, attempt: Attempt): void {
  const now = performance.now()
  for (const [old, { expiresAtMs }] of attempts) if (expiresAtMs <= now) attempts.delete(old)
  const oldest = attempts.keys().next()
  if (attempts.size >= maxAttempts && !oldest.done) attempts.delete(oldest.value)
  attempts.set(key, attempt)
}

function take(id: string | null): Attempt {
  const key = id === null ? '' : hashToken(id)
  const attempt = attempts.get(key)
  attempts.delete(key)
  if (attempt && attempt.expiresAtMs > performance.now()) return attempt
  throw new CodedError('wrong_credentials', 'This sign-in was not begun in this browser, or took too long.', {
    hint: 'Begin again on the sign-in page.',
  })
}
