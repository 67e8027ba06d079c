import { CodedError, type ErrorBody } from '#lib/api/errors'
import { pages, paths } from '#lib/api/paths'
import { secretHeader, secretStorageKey, type SessionInfo, type SignedIn } from '#lib/api/secret'

/** Posts JSON before there is a session; throws a CodedError with the server's words, or a TypeError when it did not answer. */
export async function post(path: string, body: unknown): Promise<Response> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (response.ok) return response
  const { error } = (await response.json()) as ErrorBody
  throw new CodedError(error.code, error.message, { hint: error.hint })
}

/** Keeps the session's secret and opens the page people came for, as a fresh page: nothing of before stays. */
export async function enter(response: Response, nextPath: string): Promise<void> {
  const { secret } = (await response.json()) as SignedIn
  localStorage.setItem(secretStorageKey, secret)
  location.replace(nextPath)
}

/** True when this browser holds both halves of a session: the cookie and the secret that belongs to it. */
export async function hasWholeSession(): Promise<boolean> {
  const secret = localStorage.getItem(secretStorageKey)
  if (!secret) return false
  const response = await fetch(paths.session, { headers: { [secretHeader]: secret } })
  if (response.status === 401) return false
  // An answer that says nothing about the session must not send people away from what they look at.
  return !response.ok || ((await response.json()) as SessionInfo).hasSecret
}

/** The sign-in page, and back here afterwards. */
export function goToSignIn(): void {
  const here = location.pathname + location.search + location.hash
  location.replace(here === '/' ? pages.signIn : `${pages.signIn}?next=${encodeURIComponent(here)}`)
}
