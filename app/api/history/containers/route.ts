import { z } from 'zod'
import { listHistory } from '#server/history/overview'
import { handle, readQuery } from '#server/http/handle'

const params = z.object({
  project: z.string().max(255).optional(),
  id: z
    .string()
    .regex(/^[a-f0-9]{12,64}$/)
    .optional(),
})

export const GET = handle({ role: 'viewer', reach: 'filtered' }, ({ request, session }) =>
  listHistory(session, readQuery(request, params)),
)
