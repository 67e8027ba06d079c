import { removeContainerRequest } from '#lib/docker/containers/container-request'
import { removeContainer } from '#server/engine/containers/container-actions'
import { readContainerDetail } from '#server/engine/containers/container-detail'
import { containerId } from '#server/engine/containers/container-id'
import { handle, readBody } from '#server/http/handle'

export const GET = handle<{ id: string }>({ role: 'viewer', reach: 'container' }, async ({ params }) =>
  readContainerDetail(await containerId(params.id)),
)

export const DELETE = handle<{ id: string }>(
  { role: 'operator', action: 'container.remove', reach: 'container' },
  async ({ request, params }) =>
    removeContainer(await containerId(params.id), await readBody(request, removeContainerRequest)),
)
