import { pathRequest } from '#lib/files/file-request'
import { removePath } from '#server/files/change-path'
import { handle, readBody } from '#server/http/handle'
import { readVolumeName } from '#server/http/path-params'

export const POST = handle<{ name: string }>(
  { role: 'admin', action: 'volume.remove-file', reach: 'volume' },
  async ({ params, request, audit }) => {
    const { path } = await readBody(request, pathRequest)
    audit.params({ path })
    await removePath({ kind: 'volume', name: readVolumeName(params.name) } as const, path)
  },
)
