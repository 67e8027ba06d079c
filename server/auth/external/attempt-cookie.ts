import 'server-only'
import { sessionCookieName } from '../cookies.ts'

type Place = Parameters<typeof sessionCookieName>[0]

// Only pages of ours read it, by a request of their own: Strict holds on the way back too.
const nameOf = (place: Place): string => `${sessionCookieName(place)}-oidc`

/** A Set-Cookie value that ties a trip to the provider to this browser. */
export function attemptCookie(place: Place, id: string, maxAgeMs: number): string {
  const secure = place.isHttps ? '; Secure' : ''
  return `${nameOf(place)}=${id}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${Math.floor(maxAgeMs / 1000)}${secure}`
}

/** What it carries in a Cookie header, or null. */
export function readAttemptCookie(place: Place, cookie: string): string | null {
  const prefix = `${nameOf(place)}=`
  const found = cookie.split('; ').find((pair) => pair.startsWith(prefix))
  return found?.slice(prefix.length) || null
}
