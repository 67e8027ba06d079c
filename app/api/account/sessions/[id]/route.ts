import { CodedError } from '#lib/api/errors'
import { endSessionsOf } from '#server/auth/sessions'
import { handle } from '#server/http/handle'

export const DELETE = handle<{ id: string }>(
  { role: 'viewer', action: 'account.end_session', isForPeople: true, isReadOnlySafe: true, reach: 'open' },
  async ({ params, session }) => {
    if (endSessionsOf(session.userId, { entryId: params.id }) === 0)
      throw new CodedError('not_found', 'This session is over already.')
  },
)
