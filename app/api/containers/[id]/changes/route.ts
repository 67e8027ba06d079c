import { containerId } from '#server/engine/containers/container-id'
import { listChanges } from '#server/files/changes'
import { handle } from '#server/http/handle'

export const GET = handle<{ id: string }>({ role: 'operator', reach: 'container' }, async ({ params }) =>
  listChanges(await containerId(params.id)),
)
