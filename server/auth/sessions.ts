import 'server-only'
import { currentEnv } from '#server/env'
import { log } from '#server/log'
import type { Facts } from '#server/http/facts'
import { readSessionCookie } from './cookies.ts'
import { closeOpenStreams, sessionsWithOpenStreams } from './open-streams.ts'
import type { Session } from './policy.ts'
import { authStore } from './store.ts'
import { hashToken, isSame, newToken } from './tokens.ts'
import { toRole, type User } from './users.ts'

/** Use within this time is one use: reading must not cost a write. */
const touchEveryMs = 60_000

/** Opens a session. Only hashes are stored: the id goes into the cookie, the secret into the answer. */
export function createSession(user: User, ip: string): { id: string; secret: string; session: Session } {
  const id = newToken()
  const secret = newToken()
  const now = Date.now()
  const store = authStore()
  store
    .prepare('DELETE FROM sessions WHERE seen_at < ? OR created_at < ?')
    .run(now - currentEnv().sessionIdleMs, now - currentEnv().sessionMaxMs)
  store
    .prepare(
      'INSERT INTO sessions (hash, user_id, secret_hash, created_at, seen_at, ip) VALUES (?, ?, ?, ?, ?, ?)',
    )
    .run(hashToken(id), user.id, hashToken(secret), now, now, ip)
  return { id, secret, session: { userName: user.name, role: user.role, sessionHash: hashToken(id) } }
}

/** The session whose id the cookie carries, while it lasts. */
export function findSession(facts: Pick<Facts, 'host' | 'isHttps' | 'cookie'>): Session | null {
  const id = readSessionCookie(facts, facts.cookie)
  return id ? findByHash(hashToken(id)) : null
}

function findByHash(hash: string): Session | null {
  const row = authStore()
    .prepare(
      'SELECT name, role, sessions.created_at, seen_at FROM sessions JOIN users ON users.id = user_id WHERE hash = ?',
    )
    .get(hash)
  if (!row) return null
  const now = Date.now()
  const { sessionIdleMs, sessionMaxMs } = currentEnv()
  if (now - Number(row.seen_at) > sessionIdleMs || now - Number(row.created_at) > sessionMaxMs) return null
  if (now - Number(row.seen_at) > touchEveryMs) touch(hash, now)
  return { userName: String(row.name), role: toRole(row.role), sessionHash: hash }
}

function touch(hash: string, now: number): void {
  try {
    authStore().prepare('UPDATE sessions SET seen_at = ? WHERE hash = ?').run(now, hash)
  } catch (error) {
    // A full disk must not stop people from reading.
    log.warn('a session could not be marked as used', { error: String(error) })
  }
}

/** True when `secret` belongs to this session. */
export function isSessionSecret(session: Session, secret: string): boolean {
  const row = authStore().prepare('SELECT secret_hash FROM sessions WHERE hash = ?').get(session.sessionHash)
  return row !== undefined && isSame(String(row.secret_hash), hashToken(secret))
}

/** Ends a session, its streams and its sockets. */
export function endSession(sessionHash: string): void {
  authStore().prepare('DELETE FROM sessions WHERE hash = ?').run(sessionHash)
  closeOpenStreams('signed-out', sessionHash)
}

/** Ends the streams of sessions that ran out; watching counts as use, so only the absolute limit and removal do. */
export function endStreamsOfEndedSessions(): void {
  for (const hash of sessionsWithOpenStreams())
    if (findByHash(hash) === null) closeOpenStreams('signed-out', hash)
}
