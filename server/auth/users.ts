import 'server-only'
import { CodedError } from '#lib/api/errors'
import { type Role, roles } from './policy.ts'
import { hashPassword, verifyPassword } from './passwords.ts'
import { authStore } from './store.ts'

export interface User {
  id: number
  name: string
  role: Role
}

export { maxPasswordLength, minPasswordLength } from '#lib/api/people'

/** True until the first user with a password exists: the sign-in page asks for the first-run code. */
export function needsSetup(): boolean {
  return authStore().prepare("SELECT 1 FROM users WHERE origin = 'local' LIMIT 1").get() === undefined
}

/** The name to begin a sign-in with: the first user's while nobody else has a password here, else none. */
export function onlyUserName(firstName: string): string {
  const rows = authStore().prepare("SELECT name FROM users WHERE origin = 'local' LIMIT 2").all()
  return rows.length === 1 && rows[0]?.name === firstName ? firstName : ''
}

/** Makes the first user, an admin. Of several at once exactly one wins; the others get `already_set_up`. */
export async function createFirstUser(name: string, password: string): Promise<User> {
  const hash = await hashPassword(password)
  // One statement: whoever writes at the same time comes before or after it, never between.
  const made = authStore()
    .prepare(
      "INSERT INTO users (name, role, password_hash, created_at) SELECT ?, 'admin', ?, ? WHERE NOT EXISTS (SELECT 1 FROM users WHERE origin = 'local')",
    )
    .run(name, hash, Date.now())
  if (made.changes === 1) return { id: Number(made.lastInsertRowid), name, role: 'admin' }
  throw new CodedError('already_set_up', 'Composure already has its first user.', {
    hint: 'Sign in instead.',
  })
}

/** The name as it is stored, or null when nobody has it. */
export function findUserName(name: string): string | null {
  const row = authStore().prepare('SELECT name FROM users WHERE name = ?').get(name)
  return row ? String(row.name) : null
}

/** The user with this name and password, or null; takes as long for a name that does not exist, has no password or is disabled. */
export async function findUserByPassword(name: string, password: string): Promise<User | null> {
  const row = authStore()
    .prepare(
      "SELECT id, name, role, password_hash FROM users WHERE name = ? AND origin = 'local' AND disabled_at IS NULL",
    )
    .get(name)
  const stored = row && String(row.password_hash) !== noPassword ? String(row.password_hash) : null
  const isRight = await verifyPassword(password, stored)
  if (!row || !isRight) return null
  return { id: Number(row.id), name: String(row.name), role: toRole(row.role) }
}

/** A role read from the store; anything unknown is the least. */
export function toRole(value: unknown): Role {
  return roles.find((role) => role === value) ?? 'viewer'
}

/** The projects somebody is limited to, read from the store; null for all. What cannot be read is none, never all. */
export function toProjects(value: unknown, role: Role): readonly string[] | null {
  if (role === 'admin' || value === null) return null
  try {
    const list: unknown = typeof value === 'string' ? JSON.parse(value) : []
    return Array.isArray(list) ? list.map(String) : []
  } catch {
    return []
  }
}

/** Stands where a password's hash would be: nothing matches it. */
export const noPassword = '-'
