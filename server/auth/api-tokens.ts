import 'server-only'
import type { SQLOutputValue } from 'node:sqlite'
import { CodedError } from '#lib/api/errors'
import type { MadeToken, Token } from '#lib/api/people'
import type { createTokenRequest } from '#lib/api/people-request'
import { lesserRole, roleIncludes } from '#lib/api/roles'
import type { z } from 'zod'
import { log } from '#server/log'
import { closeOpenStreams } from './open-streams.ts'
import type { Session } from './policy.ts'
import { authStore } from './store.ts'
import { hashToken, newToken } from './tokens.ts'
import { toProjects, toRole } from './users.ts'

const prefix = 'cmp_'
const dayMs = 86_400_000
const maxTokensOfUser = 50
const touchEveryMs = 60_000

/** The API token an `Authorization` header carries, or null: other schemes belong to a proxy in front. */
export function readBearer(authorization: string | null | undefined): string | null {
  return /^Bearer (cmp_[\w-]{1,200})$/i.exec(authorization ?? '')?.[1] ?? null
}

/** Makes a token for the caller, never with more than they have themselves. Only its hash is kept. */
export function createToken(owner: Session, wanted: z.output<typeof createTokenRequest>): MadeToken {
  if (!roleIncludes(owner.role, wanted.role))
    throw new CodedError('role_too_low', `A token of yours can be ${owner.role} at most.`)
  const foreign = wanted.projects?.find((name) => owner.projects && !owner.projects.includes(name))
  if (foreign !== undefined)
    throw new CodedError('out_of_reach', `You may not see the project ${foreign}, so your token may not.`)
  const store = authStore()
  const count = store.prepare('SELECT count(*) AS count FROM tokens WHERE user_id = ?').get(owner.userId)
  if (Number(count?.count) >= maxTokensOfUser)
    throw new CodedError('conflict', `You have ${maxTokensOfUser} tokens.`, { hint: 'Revoke one first.' })
  const token = prefix + newToken()
  const now = Date.now()
  const projects = wanted.projects ? JSON.stringify(wanted.projects) : null
  const { lastInsertRowid } = store
    .prepare(
      'INSERT INTO tokens (user_id, name, hash, role, projects, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    )
    .run(
      owner.userId,
      wanted.name,
      hashToken(token),
      wanted.role,
      projects,
      now,
      now + wanted.lifetimeDays * dayMs,
    )
  const row = store.prepare(`${entryQuery} WHERE tokens.id = ?`).get(lastInsertRowid)
  if (!row) throw new Error('the token just made is not there')
  return { entry: toEntry(row), token }
}

const entryQuery =
  'SELECT tokens.*, users.name AS owner, users.role AS owner_role, users.projects AS owner_projects FROM tokens JOIN users ON users.id = user_id'

/** The caller's tokens; everybody's for an admin. */
export function listTokens(session: Session): Token[] {
  const store = authStore()
  const rows =
    session.role === 'admin'
      ? store.prepare(`${entryQuery} ORDER BY tokens.id DESC`).all()
      : store.prepare(`${entryQuery} WHERE user_id = ? ORDER BY tokens.id DESC`).all(session.userId)
  return rows.map(toEntry)
}

/** Ends a token and what it has open. Throws `not_found`, also for somebody else's unless an admin asks. */
export function revokeToken(session: Session, id: number): Token {
  const entry = listTokens(session).find((token) => token.id === id)
  if (!entry) throw new CodedError('not_found', 'There is no such token.')
  const store = authStore()
  const hash = String(store.prepare('SELECT hash FROM tokens WHERE id = ?').get(id)?.hash)
  store.prepare('DELETE FROM tokens WHERE id = ?').run(id)
  closeOpenStreams('signed-out', hash)
  return entry
}

/** Ends what the tokens of one person have open: their role or reach has changed. */
export function closeStreamsOfTokensOf(userId: number): void {
  for (const row of authStore().prepare('SELECT hash FROM tokens WHERE user_id = ?').all(userId))
    closeOpenStreams('signed-out', String(row.hash))
}

/** The session a token stands for, by its hash; null when it is unknown, too old, or its owner is disabled. */
export function findToken(hash: string): Session | null {
  const row = authStore()
    .prepare(`${entryQuery} WHERE tokens.hash = ? AND expires_at > ? AND disabled_at IS NULL`)
    .get(hash, Date.now())
  if (!row) return null
  const owner = toRole(row.owner_role)
  const role = lesserRole(toRole(row.role), owner)
  return {
    userId: Number(row.user_id),
    userName: String(row.owner),
    role,
    sessionHash: hash,
    projects: both(toProjects(row.projects, 'viewer'), toProjects(row.owner_projects, owner)),
    tokenName: String(row.name),
  }
}

/** The session of a request that carries `token`. Throws `token_refused`. */
export function sessionOfToken(token: string, ip: string): Session {
  const hash = hashToken(token)
  const session = findToken(hash)
  if (!session)
    throw new CodedError('token_refused', 'This API token is unknown, revoked or too old.', {
      hint: 'Make another one under Settings, API tokens.',
    })
  try {
    const now = Date.now()
    authStore()
      .prepare(
        'UPDATE tokens SET used_at = ?, used_ip = ? WHERE hash = ? AND (used_at IS NULL OR used_at < ?)',
      )
      .run(now, ip, hash, now - touchEveryMs)
  } catch (error) {
    log.warn('a token could not be marked as used', { error: String(error) })
  }
  return session
}

/** What both allow; null allows everything. */
function both(a: readonly string[] | null, b: readonly string[] | null): readonly string[] | null {
  if (a === null || b === null) return a ?? b
  return a.filter((name) => b.includes(name))
}

function toEntry(row: Record<string, SQLOutputValue>): Token {
  const ofOwner = toProjects(row.owner_projects ?? null, toRole(row.owner_role))
  const projects = both(toProjects(row.projects ?? null, 'viewer'), ofOwner)
  return {
    id: Number(row.id),
    name: String(row.name),
    owner: String(row.owner),
    role: toRole(row.role),
    projects: projects ? [...projects] : null,
    createdAtMs: Number(row.created_at),
    expiresAtMs: Number(row.expires_at),
    usedAtMs: row.used_at === null ? null : Number(row.used_at),
    usedIp: String(row.used_ip),
  }
}
