import { signInByProxy } from '#server/auth/external/proxy'
import { handle } from '#server/http/handle'

export const POST = handle(
  { role: 'anonymous', action: 'session.sign_in_by_proxy', isForPeople: true, isReadOnlySafe: true },
  async ({ request, audit }) => signInByProxy(request, audit),
)
