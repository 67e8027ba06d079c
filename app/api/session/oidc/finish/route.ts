import { finishOidcRequest } from '#lib/api/session'
import { finishOidc } from '#server/auth/external/oidc'
import { handle, readBody } from '#server/http/handle'

export const POST = handle(
  { role: 'anonymous', action: 'session.sign_in_by_oidc', isForPeople: true, isReadOnlySafe: true },
  async ({ request, audit }) => {
    const { search } = await readBody(request, finishOidcRequest)
    return finishOidc(request, search, audit)
  },
)
