import { pathRequest } from '#lib/files/file-request'
import { listFolder } from '#server/files/list-folder'
import { withVolume } from '#server/files/place'
import { handle, readBody } from '#server/http/handle'
import { readVolumeName } from '#server/http/path-params'

export const POST = handle<{ name: string }>(
  {
    role: 'operator',
    unaudited: 'names and sizes only; what is read and written leaves its rows',
    reach: 'volume',
    isReadOnlySafe: true,
  },
  async ({ params, request }) => {
    const { path } = await readBody(request, pathRequest)
    return withVolume(readVolumeName(params.name), 'read', (place) => listFolder(place, path))
  },
)
