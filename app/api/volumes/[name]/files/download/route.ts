import { pathRequest } from '#lib/files/file-request'
import { downloadFromVolume } from '#server/files/download'
import { handle, readBody } from '#server/http/handle'
import { readVolumeName } from '#server/http/path-params'

export const POST = handle<{ name: string }>(
  { role: 'operator', isStream: true, action: 'volume.download', reach: 'volume', isReadOnlySafe: true },
  async ({ params, request, audit }) => {
    const { path } = await readBody(request, pathRequest)
    audit.params({ path })
    return downloadFromVolume(readVolumeName(params.name), path)
  },
)
