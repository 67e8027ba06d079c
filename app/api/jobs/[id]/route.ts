import { handle } from '#server/http/handle'
import { reachableJob } from '#server/jobs/reach'

export const GET = handle<{ id: string }>(
  { role: 'viewer', reach: 'filtered' },
  async ({ params, session }) => reachableJob(session, params.id),
)
