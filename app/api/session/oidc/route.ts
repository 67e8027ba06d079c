import { beginOidcRequest } from '#lib/api/session'
import { beginOidc } from '#server/auth/external/oidc'
import { handle, readBody } from '#server/http/handle'

const unaudited = 'only says where to sign in; coming back is POST /api/session/oidc/finish'

export const POST = handle(
  { role: 'anonymous', unaudited, isForPeople: true, isReadOnlySafe: true },
  async ({ request }) => beginOidc(request, (await readBody(request, beginOidcRequest)).next),
)
