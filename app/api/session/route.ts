import { z } from 'zod'
import { secretHeader } from '#lib/api/client'
import type { SessionInfo } from '#lib/api/session'
import { isSessionSecret } from '#server/auth/sessions'
import { signIn, signOut } from '#server/auth/sign-in'
import { handle, readBody } from '#server/http/handle'

export const dynamic = 'force-dynamic'

const body = z.object({ userName: z.string().min(1).max(100), password: z.string().min(1).max(1024) })

export const GET = handle(
  { role: 'viewer', reach: 'open' },
  async ({ request, session }): Promise<SessionInfo> => {
    const { userName, role } = session
    return { userName, role, hasSecret: isSessionSecret(session, request.headers.get(secretHeader) ?? '') }
  },
)

export const POST = handle(
  { role: 'anonymous', action: 'session.sign_in', isForPeople: true, isReadOnlySafe: true },
  async ({ request, audit }) => {
    const { userName, password } = await readBody(request, body)
    return signIn(request, userName, password, audit)
  },
)

export const DELETE = handle(
  { role: 'viewer', action: 'session.sign_out', isForPeople: true, isReadOnlySafe: true, reach: 'open' },
  async ({ request, session }) => signOut(request, session.sessionHash),
)
