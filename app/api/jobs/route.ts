import { jobQuery } from '#lib/jobs/job-request'
import { handle, readQuery } from '#server/http/handle'
import { listReachable } from '#server/jobs/reach'

export const GET = handle({ role: 'viewer', reach: 'filtered' }, async ({ request, session }) =>
  listReachable(session, readQuery(request, jobQuery)),
)
