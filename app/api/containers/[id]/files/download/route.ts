import { pathRequest } from '#lib/files/file-request'
import { modelContainer } from '#server/engine/model/live-model'
import { containerId } from '#server/engine/containers/container-id'
import { downloadResponse, openDownload } from '#server/files/download'
import { inContainer } from '#server/files/place'
import { handle, readBody } from '#server/http/handle'

export const POST = handle<{ id: string }>(
  {
    role: 'operator',
    isStream: true,
    action: 'container.download',
    reach: 'container',
    isReadOnlySafe: true,
  },
  async ({ params, request, audit }) => {
    const { path } = await readBody(request, pathRequest)
    audit.params({ path })
    const id = await containerId(params.id)
    return downloadResponse(await openDownload(inContainer(id), path, modelContainer(id)?.name ?? 'files'))
  },
)
