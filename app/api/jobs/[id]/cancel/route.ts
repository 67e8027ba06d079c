import { handle } from '#server/http/handle'
import { cancelJob } from '#server/jobs/jobs'

export const POST = handle<{ id: string }>(
  { role: 'operator', action: 'job.cancel' },
  async ({ params, session, audit }) => {
    const job = cancelJob(params.id, session.userName)
    audit.target({ id: job.id, name: job.title })
    return job
  },
)
