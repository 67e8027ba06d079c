import { codeSignInRequest } from '#lib/api/people-request'
import { signInByCode } from '#server/auth/sign-in'
import { handle, readBody } from '#server/http/handle'

export const POST = handle(
  { role: 'anonymous', action: 'session.use_code', isForPeople: true, isReadOnlySafe: true },
  async ({ request, audit }) => signInByCode(request, await readBody(request, codeSignInRequest), audit),
)
