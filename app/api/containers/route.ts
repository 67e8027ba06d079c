import { runRequest } from '#lib/run/run-spec'
import { reachableSnapshot } from '#server/auth/reach'
import { handle, readBody } from '#server/http/handle'
import { requireRunnable, runContainer } from '#server/run/run-container'

const maxSpecBytes = 524_288

export const GET = handle(
  { role: 'viewer', reach: 'filtered' },
  async ({ session }) => (await reachableSnapshot(session)).containers,
)

export const POST = handle(
  { role: 'operator', action: 'container.run' },
  async ({ request, session, audit }) => {
    const { spec } = await readBody(request, runRequest, maxSpecBytes)
    audit.params({ image: spec.image, name: spec.name })
    requireRunnable(spec, session)
    const answer = await runContainer(spec)
    audit.target({ id: answer.id, name: answer.name })
    return Response.json(answer, { status: 201 })
  },
)
