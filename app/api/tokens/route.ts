import { createTokenRequest } from '#lib/api/people-request'
import { createToken, listTokens } from '#server/auth/api-tokens'
import { handle, readBody } from '#server/http/handle'

export const dynamic = 'force-dynamic'

export const GET = handle({ role: 'viewer', isForPeople: true, reach: 'open' }, async ({ session }) =>
  listTokens(session),
)

export const POST = handle(
  { role: 'viewer', action: 'token.create', isForPeople: true, isReadOnlySafe: true, reach: 'open' },
  async ({ request, session, audit }) => {
    const wanted = await readBody(request, createTokenRequest)
    audit.params({ ...wanted })
    const made = createToken(session, wanted)
    audit.target({ id: String(made.entry.id), name: made.entry.name })
    return Response.json(made, { status: 201, headers: { 'cache-control': 'no-store' } })
  },
)
