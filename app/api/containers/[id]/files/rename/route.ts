import { renameFileRequest } from '#lib/files/file-request'
import { containerId } from '#server/engine/containers/container-id'
import { renamePath } from '#server/files/change-path'
import { handle, readBody } from '#server/http/handle'

export const POST = handle<{ id: string }>(
  { role: 'admin', action: 'container.rename-file', reach: 'container' },
  async ({ params, request, audit }) => {
    const { path, name } = await readBody(request, renameFileRequest)
    audit.params({ path, name })
    await renamePath({ kind: 'container', id: await containerId(params.id) } as const, path, name)
  },
)
