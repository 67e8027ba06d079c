import 'server-only'
import type { SQLOutputValue } from 'node:sqlite'
import { CodedError } from '#lib/api/errors'
import type { MadePerson, OneTimeCode, Person } from '#lib/api/people'
import type { changeUserRequest, createUserRequest } from '#lib/api/people-request'
import type { z } from 'zod'
import { closeStreamsOfTokensOf } from '../api-tokens.ts'
import { newCode, normaliseCode } from '../one-time-code.ts'
import { hashPassword } from '../passwords.ts'
import { endSessionsOf } from '../sessions.ts'
import { authStore } from '../store.ts'
import { hashToken } from '../tokens.ts'
import { noPassword, toProjects, toRole } from '../users.ts'

const codeLifetimeMs = 24 * 3_600_000

const personQuery =
  'SELECT users.*, (SELECT count(*) FROM sessions WHERE user_id = users.id) AS session_count FROM users'

/** Everybody who may sign in, by name. */
export function listPeople(): Person[] {
  return authStore().prepare(`${personQuery} ORDER BY name`).all().map(toPerson)
}

/** One of them. Throws `not_found`. */
export function readPerson(id: number): Person {
  const row = authStore().prepare(`${personQuery} WHERE id = ?`).get(id)
  if (row) return toPerson(row)
  throw new CodedError('not_found', 'There is no such user.', { hint: 'They may just have been deleted.' })
}

/** Makes a user, with a password or with a one-time code to choose one. Throws `name_taken`. */
export async function createPerson(wanted: z.output<typeof createUserRequest>): Promise<MadePerson> {
  requireFreeName(wanted.name, 0)
  const hash = wanted.password === undefined ? noPassword : await hashPassword(wanted.password)
  const projects = wanted.projects && wanted.role !== 'admin' ? JSON.stringify(wanted.projects) : null
  requireFreeName(wanted.name, 0)
  const { lastInsertRowid } = authStore()
    .prepare('INSERT INTO users (name, role, projects, password_hash, created_at) VALUES (?, ?, ?, ?, ?)')
    .run(wanted.name, wanted.role, projects, hash, Date.now())
  const id = Number(lastInsertRowid)
  const code = wanted.password === undefined ? issueCode(id) : null
  return { person: readPerson(id), code }
}

/**
 * Changes name, role, reach or whether somebody may sign in; what they have open ends. Throws `not_found`, `name_taken`, `last_admin`, and
 * `conflict` for what the proxy or the OpenID provider decides.
 */
export function changePerson(id: number, wanted: z.output<typeof changeUserRequest>): Person {
  const before = readPerson(id)
  const { role = before.role, isDisabled = before.isDisabled, name = before.name } = wanted
  if (name !== before.name) requireFreeName(name, id)
  if (before.origin !== 'local' && (role !== before.role || name !== before.name))
    throw new CodedError('conflict', `Name and role of ${before.name} come from where they sign in.`, {
      hint: 'Change them there; here you can disable or delete them.',
    })
  if (role !== 'admin' || isDisabled) requireAnotherAdmin(before)
  const projects = wanted.projects === undefined ? before.projects : wanted.projects
  authStore()
    .prepare('UPDATE users SET name = ?, role = ?, projects = ?, disabled_at = ? WHERE id = ?')
    .run(
      name,
      role,
      projects && role !== 'admin' ? JSON.stringify(projects) : null,
      isDisabled ? Date.now() : null,
      id,
    )
  endAllOf(id)
  return readPerson(id)
}

/** Deletes a user, their sessions and their tokens; their rows in the audit stay. Throws `not_found`, `last_admin`. */
export function deletePerson(id: number): Person {
  const person = readPerson(id)
  requireAnotherAdmin(person)
  endAllOf(id)
  authStore().prepare('DELETE FROM users WHERE id = ?').run(id)
  return person
}

/** Sets a password for somebody, or takes it away and gives a code to choose a new one with; they are signed out everywhere. */
export async function resetPassword(id: number, password: string | undefined): Promise<OneTimeCode | null> {
  const person = readPerson(id)
  if (person.origin !== 'local')
    throw new CodedError('conflict', `${person.name} has no password here.`, {
      hint: 'They sign in through the proxy or the OpenID provider.',
    })
  if (password !== undefined) await storePassword(id, password)
  else authStore().prepare('UPDATE users SET password_hash = ? WHERE id = ?').run(noPassword, id)
  endAllOf(id)
  return password === undefined ? issueCode(id) : null
}

/** Writes a password's hash; a code that was waiting is void. */
export async function storePassword(id: number, password: string): Promise<void> {
  const hash = await hashPassword(password)
  authStore()
    .prepare('UPDATE users SET password_hash = ?, code_hash = NULL, code_expires_at = NULL WHERE id = ?')
    .run(hash, id)
}

/** The user whose one-time code this is and who may still use it, or null. */
export function findByCode(name: string, code: string): { id: number; name: string } | null {
  const row = authStore()
    .prepare(
      'SELECT id, name FROM users WHERE name = ? AND code_hash = ? AND code_expires_at > ? AND disabled_at IS NULL',
    )
    .get(name, hashToken(normaliseCode(code)), Date.now())
  return row ? { id: Number(row.id), name: String(row.name) } : null
}

/** Takes a code away so that it works once; false when somebody else was faster. */
export function spendCode(id: number, code: string): boolean {
  const spent = authStore()
    .prepare('UPDATE users SET code_hash = NULL, code_expires_at = NULL WHERE id = ? AND code_hash = ?')
    .run(id, hashToken(normaliseCode(code)))
  return spent.changes === 1
}

function issueCode(id: number): OneTimeCode {
  const code = newCode()
  const expiresAtMs = Date.now() + codeLifetimeMs
  authStore()
    .prepare('UPDATE users SET code_hash = ?, code_expires_at = ? WHERE id = ?')
    .run(hashToken(normaliseCode(code)), expiresAtMs, id)
  return { code, expiresAtMs }
}

/** Ends everything a person has open (but the session `keep`), so that nothing goes on with the rights they had. */
export function endAllOf(id: number, options: { keep?: string } = {}): void {
  endSessionsOf(id, options)
  closeStreamsOfTokensOf(id)
}

function requireFreeName(name: string, exceptId: number): void {
  if (!authStore().prepare('SELECT 1 FROM users WHERE name = ? AND id <> ?').get(name, exceptId)) return
  throw new CodedError('name_taken', `name: There is a user ${name} already.`)
}

function requireAnotherAdmin(person: Person): void {
  if (person.role !== 'admin' || person.isDisabled) return
  const others = authStore()
    .prepare("SELECT 1 FROM users WHERE role = 'admin' AND disabled_at IS NULL AND id <> ?")
    .get(person.id)
  if (others) return
  throw new CodedError('last_admin', `${person.name} is the only admin.`, {
    hint: 'Make somebody else an admin first: without one nobody could manage this dashboard.',
  })
}

function toPerson(row: Record<string, SQLOutputValue>): Person {
  const role = toRole(row.role)
  const projects = toProjects(row.projects, role)
  const origin = String(row.origin)
  return {
    id: Number(row.id),
    name: String(row.name),
    role,
    projects: projects ? [...projects] : null,
    isDisabled: row.disabled_at !== null,
    origin: origin === 'proxy' || origin === 'oidc' ? origin : 'local',
    hasPassword: row.password_hash !== noPassword,
    createdAtMs: Number(row.created_at),
    seenAtMs: row.seen_at === null ? null : Number(row.seen_at),
    sessionCount: Number(row.session_count),
  }
}
