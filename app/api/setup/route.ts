import { z } from 'zod'
import { firstUserName } from '#server/auth/first-run'
import { setUp } from '#server/auth/sign-in'
import { maxPasswordLength, minPasswordLength } from '#server/auth/users'
import { handle, readBody } from '#server/http/handle'

export const dynamic = 'force-dynamic'

const body = z.object({
  code: z.string().min(1).max(100),
  password: z
    .string()
    .min(minPasswordLength, `needs at least ${minPasswordLength} characters`)
    .max(maxPasswordLength, `can have at most ${maxPasswordLength} characters`),
})

export const POST = handle(
  { role: 'anonymous', action: 'session.set_up', isForPeople: true, isReadOnlySafe: true },
  async ({ request, audit }) => {
    audit.target({ id: firstUserName, name: firstUserName })
    const { code, password } = await readBody(request, body)
    return setUp(request, code, password)
  },
)
