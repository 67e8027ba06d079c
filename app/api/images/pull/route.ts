import { pullImageRequest } from '#lib/docker/images/image-request'
import { handle, readBody } from '#server/http/handle'
import { startPull } from '#server/images/pull'
import { requireDone } from '#server/jobs/require-done'

export const POST = handle(
  { role: 'operator', action: 'image.pull' },
  async ({ request, session, audit }) => {
    const { reference } = await readBody(request, pullImageRequest)
    audit.target({ id: reference, name: reference })
    const { job, ended } = startPull(reference, session.userName)
    audit.params({ job: job.id })
    audit.until(ended.then(requireDone))
    return job
  },
)
