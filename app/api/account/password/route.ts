import { changePasswordRequest } from '#lib/api/people-request'
import { changeOwnPassword } from '#server/auth/sign-in'
import { handle, readBody } from '#server/http/handle'

export const PUT = handle(
  {
    role: 'viewer',
    action: 'account.change_password',
    isForPeople: true,
    isReadOnlySafe: true,
    reach: 'open',
  },
  async ({ request, session, audit }) => {
    audit.target({ id: session.userName, name: session.userName })
    return changeOwnPassword(request, session, await readBody(request, changePasswordRequest))
  },
)
