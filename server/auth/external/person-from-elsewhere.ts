import 'server-only'
import { CodedError } from '#lib/api/errors'
import { userNameForm } from '#lib/api/people'
import type { Role } from '#lib/api/roles'
import { endAllOf } from '../people/people.ts'
import { authStore } from '../store.ts'
import { noPassword, toRole, type User } from '../users.ts'

/** Somebody another place vouches for. `subject` is what that place calls them for good. */
export interface Vouched {
  origin: 'proxy' | 'oidc'
  subject: string
  name: string
  role: Role | null
}

/**
 * The user behind somebody vouched for, made at their first visit; a role that changed there changes here, and ends what they have open. A name somebody
 * with a password has is never theirs. Throws `wrong_credentials` for who may not come in, `name_taken`, `bad_request`.
 */
export function personFromElsewhere({ origin, subject, name, role }: Vouched): User {
  if (!userNameForm.test(name))
    throw new CodedError('bad_request', 'The name from where you sign in cannot be used here.', {
      hint: 'It can have up to 64 letters, digits and . _ @ + -.',
    })
  if (role === null)
    throw new CodedError('wrong_credentials', `${name} is in no group that may use this dashboard.`, {
      hint: 'Whoever runs it decides with COMPOSURE_AUTH_ROLES.',
    })
  const store = authStore()
  const known = store.prepare('SELECT * FROM users WHERE origin = ? AND subject = ?').get(origin, subject)
  if (known && known.disabled_at !== null)
    throw new CodedError('wrong_credentials', `${name} is disabled.`, {
      hint: 'Ask an admin of this dashboard.',
    })
  const id = known ? Number(known.id) : null
  const holder = store.prepare('SELECT id FROM users WHERE name = ? AND id IS NOT ?').get(name, id)
  if (holder)
    throw new CodedError('name_taken', `There is another user ${name} here already.`, {
      hint: 'An admin can rename or delete that one.',
    })
  if (id === null) {
    const { lastInsertRowid } = store
      .prepare(
        'INSERT INTO users (name, role, origin, subject, password_hash, created_at) VALUES (?, ?, ?, ?, ?, ?)',
      )
      .run(name, role, origin, subject, noPassword, Date.now())
    return { id: Number(lastInsertRowid), name, role }
  }
  if (toRole(known?.role) !== role || known?.name !== name) {
    store.prepare('UPDATE users SET name = ?, role = ? WHERE id = ?').run(name, role, id)
    endAllOf(id)
  }
  return { id, name, role }
}
