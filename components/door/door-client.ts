import { readStoredSecret, storeSecret } from '../live/secret.ts'
import { getJson, readSecretFrom } from '#lib/api/client'
import { errorCode } from '#lib/api/errors'
import { paths } from '#lib/api/paths'
import type { SessionInfo, SignedIn } from '#lib/api/session'

readSecretFrom(readStoredSecret)

/** Keeps the session's secret and opens the page people came for, as a fresh page: nothing of before stays. */
export function enter({ secret }: SignedIn, nextPath: string): void {
  storeSecret(secret)
  location.replace(nextPath)
}

/** True when this browser holds both halves of a session: the cookie and the secret that belongs to it. */
export async function hasWholeSession(): Promise<boolean> {
  if (readStoredSecret() === null) return false
  try {
    return (await getJson<SessionInfo>(paths.session)).hasSecret
  } catch (error) {
    if (errorCode(error) === 'not_signed_in') return false
    throw error
  }
}
