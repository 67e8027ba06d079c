import { handle } from '#server/http/handle'
import { getJob } from '#server/jobs/jobs'

export const GET = handle<{ id: string }>({ role: 'viewer' }, async ({ params }) => getJob(params.id))
