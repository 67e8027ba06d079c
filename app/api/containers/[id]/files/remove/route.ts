import { pathRequest } from '#lib/files/file-request'
import { containerId } from '#server/engine/containers/container-id'
import { removePath } from '#server/files/change-path'
import { handle, readBody } from '#server/http/handle'

export const POST = handle<{ id: string }>(
  { role: 'admin', action: 'container.remove-file', reach: 'container' },
  async ({ params, request, audit }) => {
    const { path } = await readBody(request, pathRequest)
    audit.params({ path })
    await removePath({ kind: 'container', id: await containerId(params.id) } as const, path)
  },
)
