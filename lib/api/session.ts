/**
 * A session has two halves. Browsers send a host's cookies to all its ports, so a container's own web page could receive ours:
 * what changes or streams also needs the secret, which lives in storage that belongs to one origin.
 */

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
