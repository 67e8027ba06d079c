import { resetPasswordRequest } from '#lib/api/people-request'
import { readPerson, resetPassword } from '#server/auth/people/people'
import { handle, readBody } from '#server/http/handle'
import { readNumber } from '#server/http/path-params'

/** Answers with the one-time code, or with null when a password was set. */
export const POST = handle<{ id: string }>(
  { role: 'admin', action: 'user.reset_password', isForPeople: true, isReadOnlySafe: true },
  async ({ request, params, audit }) => {
    const id = readNumber(params.id)
    audit.target({ id: params.id, name: readPerson(id).name })
    const { password } = await readBody(request, resetPasswordRequest)
    return { code: await resetPassword(id, password) }
  },
)
