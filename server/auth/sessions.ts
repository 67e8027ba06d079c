import 'server-only'
import type { SessionEntry } from '#lib/api/people'
import { currentEnv } from '#server/env'
import { log } from '#server/log'
import type { Facts } from '#server/http/facts'
import { readSessionCookie } from './cookies.ts'
import { closeOpenStreams, sessionsWithOpenStreams } from './open-streams.ts'
import type { Session } from './policy.ts'
import { authStore } from './store.ts'
import { findToken } from './api-tokens.ts'
import { hashToken, isSame, newToken } from './tokens.ts'
import { toProjects, toRole, type User } from './users.ts'

/** Use within this time is one use: reading must not cost a write. */
const touchEveryMs = 60_000
/** Enough of a session's hash to tell it from the others of one person. */
const entryIdLength = 16
const replaceGraceMs = 500

/** Opens a session. Only hashes are stored: the id goes into the cookie, the secret into the answer. */
export function createSession(
  user: User,
  from: { ip: string; agent: string },
): { id: string; secret: string } {
  const id = newToken()
  const secret = newToken()
  const now = Date.now()
  const store = authStore()
  store
    .prepare('DELETE FROM sessions WHERE seen_at < ? OR created_at < ?')
    .run(now - currentEnv().sessionIdleMs, now - currentEnv().sessionMaxMs)
  store
    .prepare(
      'INSERT INTO sessions (hash, user_id, secret_hash, created_at, seen_at, ip, agent) VALUES (?, ?, ?, ?, ?, ?, ?)',
    )
    .run(hashToken(id), user.id, hashToken(secret), now, now, from.ip, from.agent.slice(0, 300))
  store.prepare('UPDATE users SET seen_at = ? WHERE id = ?').run(now, user.id)
  return { id, secret }
}

/** The session whose id the cookie carries, while it lasts. One the proxy vouched for counts only while the proxy names the same person. */
export function findSession(
  facts: Pick<Facts, 'host' | 'isHttps' | 'cookie'> & Partial<Pick<Facts, 'proxyUser'>>,
): Session | null {
  const id = readSessionCookie(facts, facts.cookie)
  const found = id ? findByHash(hashToken(id)) : null
  if (!found) return null
  if (found.origin === 'proxy' && facts.proxyUser !== found.subject) return null
  return found.session
}

interface Found {
  session: Session
  origin: string
  subject: string
}

function findByHash(hash: string): Found | null {
  const row = authStore()
    .prepare(
      'SELECT users.id, name, role, projects, origin, subject, sessions.created_at, sessions.seen_at FROM sessions JOIN users ON users.id = user_id WHERE hash = ? AND disabled_at IS NULL',
    )
    .get(hash)
  if (!row) return null
  const now = Date.now()
  const { sessionIdleMs, sessionMaxMs } = currentEnv()
  if (now - Number(row.seen_at) > sessionIdleMs || now - Number(row.created_at) > sessionMaxMs) return null
  if (now - Number(row.seen_at) > touchEveryMs) touch(hash, now)
  const role = toRole(row.role)
  const session: Session = {
    userId: Number(row.id),
    userName: String(row.name),
    role,
    sessionHash: hash,
    projects: toProjects(row.projects, role),
    tokenName: null,
  }
  return { session, origin: String(row.origin), subject: String(row.subject) }
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

/** Where somebody is signed in, the latest first. */
export function listSessions(userId: number, current: string): SessionEntry[] {
  const { sessionIdleMs, sessionMaxMs } = currentEnv()
  const now = Date.now()
  return authStore()
    .prepare(
      'SELECT hash, ip, agent, created_at, seen_at FROM sessions WHERE user_id = ? AND seen_at > ? AND created_at > ? ORDER BY seen_at DESC',
    )
    .all(userId, now - sessionIdleMs, now - sessionMaxMs)
    .map((row) => ({
      id: String(row.hash).slice(0, entryIdLength),
      ip: String(row.ip),
      agent: String(row.agent),
      createdAtMs: Number(row.created_at),
      seenAtMs: Number(row.seen_at),
      isThisOne: row.hash === current,
    }))
}

/** Ends a session, its streams and its sockets. */
export function endSession(sessionHash: string): void {
  authStore().prepare('DELETE FROM sessions WHERE hash = ?').run(sessionHash)
  closeOpenStreams('signed-out', sessionHash)
}

/** Ends a session in favour of a new one of the same browser: its streams go on until the answer with the new one is there. */
export function replaceSession(sessionHash: string): void {
  authStore().prepare('DELETE FROM sessions WHERE hash = ?').run(sessionHash)
  setTimeout(() => closeOpenStreams('signed-out', sessionHash), replaceGraceMs).unref()
}

/** Ends the sessions of one person but `keep`, or the one whose entry has this id; says how many. */
export function endSessionsOf(
  userId: number,
  { entryId, keep }: { entryId?: string; keep?: string } = {},
): number {
  const rows = authStore().prepare('SELECT hash FROM sessions WHERE user_id = ?').all(userId)
  const ended = rows
    .map((row) => String(row.hash))
    .filter((hash) => hash !== keep && (entryId === undefined || hash.slice(0, entryIdLength) === entryId))
  for (const hash of ended) endSession(hash)
  return ended.length
}

/** Ends the streams of sessions and tokens that ran out; watching counts as use, so only the absolute limit and removal do. */
export function endStreamsOfEndedSessions(): void {
  for (const hash of sessionsWithOpenStreams())
    if (findByHash(hash) === null && findToken(hash) === null) closeOpenStreams('signed-out', hash)
}
