import { revokeToken } from '#server/auth/api-tokens'
import { handle } from '#server/http/handle'
import { readNumber } from '#server/http/path-params'

export const DELETE = handle<{ id: string }>(
  { role: 'viewer', action: 'token.revoke', isForPeople: true, isReadOnlySafe: true, reach: 'open' },
  async ({ params, session, audit }) => {
    const { name, owner } = revokeToken(session, readNumber(params.id))
    audit.target({ id: params.id, name })
    audit.params({ owner })
  },
)
