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

export const minPasswordLength = 10
export const maxPasswordLength = 1024

/** True until the first user exists: the sign-in page asks for the first-run code. */
export function needsSetup(): boolean {
  return authStore().prepare('SELECT 1 FROM users LIMIT 1').get() === undefined
}

/** Makes the first user, an admin. Of several at once exactly one wins; the others get `already_set_up`. */
export async function createFirstUser(name: string, password: string): Promise<User> {
  const hash = await hashPassword(password)
  // Row 1 exists at most once, whoever else is writing.
  const made = authStore()
    .prepare(
      "INSERT INTO users (id, name, role, password_hash, created_at) SELECT 1, ?, 'admin', ?, ? WHERE NOT EXISTS (SELECT 1 FROM users)",
    )
    .run(name, hash, Date.now())
  if (made.changes === 1) return { id: 1, name, role: 'admin' }
  throw new CodedError('already_set_up', 'Composure already has its first user.', {
    hint: 'Sign in instead.',
  })
}

/** The name as it is stored, or null when nobody has it. */
export function findUserName(name: string): string | null {
  const row = authStore().prepare('SELECT name FROM users WHERE name = ?').get(name)
  return row ? String(row.name) : null
}

/** The user with this name and password, or null; takes as long for a name that does not exist. */
export async function findUserByPassword(name: string, password: string): Promise<User | null> {
  const row = authStore().prepare('SELECT id, name, role, password_hash FROM users WHERE name = ?').get(name)
  const isRight = await verifyPassword(password, row ? String(row.password_hash) : null)
  if (!row || !isRight) return null
  return { id: Number(row.id), name: String(row.name), role: toRole(row.role) }
}

/** A role read from the store; anything unknown is the least. */
export function toRole(value: unknown): Role {
  return roles.find((role) => role === value) ?? 'viewer'
}
