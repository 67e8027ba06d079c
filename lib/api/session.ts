import { z } from 'zod'

/**
 * A session has two halves. Browsers send a host's cookies to all its ports, so a container's own web page could receive ours:
 * what changes or streams also needs the secret, which lives in storage that belongs to one origin.
 */

/** The body of `POST /api/session` and `POST /api/setup`. */
export interface SignedIn {
  userName: string
  role: 'viewer' | 'operator' | 'admin'
  secret: string
  /** Where people wanted to go before they were sent to the OpenID provider. */
  nextPath?: string
}

/** Body of `POST /api/session/oidc`. */
export const beginOidcRequest = z.strictObject({ next: z.string().max(2000).optional() })

/** Its answer: where to sign in. */
export interface OidcBegun {
  url: string
}

/** Body of `POST /api/session/oidc/finish`: the query the provider sent the browser back with, beginning with `?`. */
export const finishOidcRequest = z.strictObject({
  search: z.string().regex(/^\?/, 'is not a query').max(8000),
})

/** The body of `GET /api/session`. `hasSecret` is false when the request's secret is missing or of another session: sign in again. */
export interface SessionInfo {
  userName: string
  role: 'viewer' | 'operator' | 'admin'
  hasSecret: boolean
}
