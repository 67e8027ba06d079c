import { listProcesses } from '#server/engine/containers/container-detail'
import { containerId } from '#server/engine/containers/container-id'
import { handle } from '#server/http/handle'

export const GET = handle<{ id: string }>({ role: 'viewer', reach: 'container' }, async ({ params }) =>
  listProcesses(await containerId(params.id)),
)
