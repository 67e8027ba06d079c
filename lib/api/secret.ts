/**
 * The per-session secret. Cookies go to every port of a host, so a container's own web page could receive ours: what changes
 * or streams also needs this secret, which lives in storage that belongs to one origin.
 */
export const secretHeader = 'x-composure-secret'

/** Key in localStorage; the answer of a sign-in is kept there. */
export const secretStorageKey = 'composure.secret'

/** The body of `POST /api/session` and `POST /api/setup`. */
export interface SignedIn {
  userName: string
  role: 'viewer' | 'operator' | 'admin'
  secret: string
}

/** The body of `GET /api/session`. `hasSecret` is false when the request's secret is missing or of another session: sign in again. */
export interface SessionInfo {
  userName: string
  role: 'viewer' | 'operator' | 'admin'
  hasSecret: boolean
}
