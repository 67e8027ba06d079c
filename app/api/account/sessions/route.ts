import { listSessions } from '#server/auth/sessions'
import { handle } from '#server/http/handle'

export const dynamic = 'force-dynamic'

export const GET = handle({ role: 'viewer', isForPeople: true, reach: 'open' }, async ({ session }) =>
  listSessions(session.userId, session.sessionHash),
)
