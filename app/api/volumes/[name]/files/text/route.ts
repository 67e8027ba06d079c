import { pathRequest } from '#lib/files/file-request'
import { withVolume } from '#server/files/place'
import { readFileText } from '#server/files/read-file'
import { handle, readBody } from '#server/http/handle'
import { readVolumeName } from '#server/http/path-params'

/** A POST, for files hold secrets: it is written down like every reveal. */
export const POST = handle<{ name: string }>(
  { role: 'operator', action: 'volume.read_file', reach: 'volume', isReadOnlySafe: true },
  async ({ params, request, audit }) => {
    const { path } = await readBody(request, pathRequest)
    audit.params({ path })
    return withVolume(readVolumeName(params.name), 'read', (place) => readFileText(place, path))
  },
)
