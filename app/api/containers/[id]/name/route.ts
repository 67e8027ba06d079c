import { renameRequest } from '#lib/docker/containers/container-request'
import { renameContainer } from '#server/engine/containers/container-actions'
import { containerId } from '#server/engine/containers/container-id'
import { handle, readBody } from '#server/http/handle'

export const PUT = handle<{ id: string }>(
  { role: 'operator', action: 'container.rename', reach: 'container' },
  async ({ request, params }) => {
    const { name } = await readBody(request, renameRequest)
    return renameContainer(await containerId(params.id), name)
  },
)
