import 'server-only'
import type { Facts } from '#server/http/facts'

type Place = Pick<Facts, 'host' | 'isHttps'>

/** The cookie's name carries the port: browsers send a host's cookies to all its ports, and several dashboards may live on one. */
export function sessionCookieName({ host, isHttps }: Place): string {
  const port = /:(\d+)$/.exec(host)?.[1] ?? (isHttps ? '443' : '80')
  return `${isHttps ? '__Host-' : ''}composure-${port}`
}

/** The session id in a Cookie header, or null. */
export function readSessionCookie(place: Place, cookie: string): string | null {
  const prefix = `${sessionCookieName(place)}=`
  const found = cookie.split('; ').find((pair) => pair.startsWith(prefix))
  return found?.slice(prefix.length) || null
}

/** A Set-Cookie value that keeps `sessionId` for `maxAgeMs`; an empty id with 0 takes it away. */
export function sessionCookie(place: Place, sessionId: string, maxAgeMs: number): string {
  const secure = place.isHttps ? '; Secure' : ''
  const maxAge = Math.floor(maxAgeMs / 1000)
  return `${sessionCookieName(place)}=${sessionId}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAge}${secure}`
}
