import { renameRequest } from '#lib/docker/container-request'
import { renameContainer } from '#server/engine/container-actions'
import { containerId } from '#server/engine/container-id'
import { handle, readBody } from '#server/http/handle'

export const PUT = handle<{ id: string }>(
  { role: 'operator', action: 'container.rename', reach: 'container' },
  async ({ request, params }) => {
    const { name } = await readBody(request, renameRequest)
    return renameContainer(await containerId(params.id), name)
  },
)
