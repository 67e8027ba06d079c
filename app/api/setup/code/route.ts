import { z } from 'zod'
import { requireFirstRunCode } from '#server/auth/sign-in'
import { handle, readBody } from '#server/http/handle'

export const dynamic = 'force-dynamic'

const body = z.object({ code: z.string().min(1).max(100) })

const unaudited = 'only says whether the code is right; using it is POST /api/setup'

export const POST = handle(
  { role: 'anonymous', unaudited, isForPeople: true, isReadOnlySafe: true },
  async ({ request }) => requireFirstRunCode(request, (await readBody(request, body)).code),
)
