import { renameFileRequest } from '#lib/files/file-request'
import { renamePath } from '#server/files/change-path'
import { handle, readBody } from '#server/http/handle'
import { readVolumeName } from '#server/http/path-params'

export const POST = handle<{ name: string }>(
  { role: 'admin', action: 'volume.rename-file', reach: 'volume' },
  async ({ params, request, audit }) => {
    const { path, name } = await readBody(request, renameFileRequest)
    audit.params({ path, name })
    await renamePath({ kind: 'volume', name: readVolumeName(params.name) } as const, path, name)
  },
)
