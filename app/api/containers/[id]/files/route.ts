import { pathRequest } from '#lib/files/file-request'
import { containerId } from '#server/engine/containers/container-id'
import { listFolder } from '#server/files/list-folder'
import { inContainer } from '#server/files/place'
import { handle, readBody } from '#server/http/handle'

export const POST = handle<{ id: string }>(
  {
    role: 'operator',
    unaudited: 'names and sizes only; what is read and written leaves its rows',
    reach: 'container',
    isReadOnlySafe: true,
  },
  async ({ params, request }) => {
    const { path } = await readBody(request, pathRequest)
    return listFolder(inContainer(await containerId(params.id)), path)
  },
)
