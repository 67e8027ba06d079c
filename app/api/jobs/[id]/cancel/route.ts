import { handle } from '#server/http/handle'
import { cancelJob } from '#server/jobs/jobs'
import { reachableJob } from '#server/jobs/reach'

export const POST = handle<{ id: string }>(
  { role: 'operator', action: 'job.cancel', reach: 'filtered' },
  async ({ params, session, audit }) => {
    const { id, title } = reachableJob(session, params.id)
    audit.target({ id, name: title })
    return cancelJob(id, session.userName)
  },
)
