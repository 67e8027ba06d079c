import { uploadQuery } from '#lib/files/file-request'
import { containerId } from '#server/engine/containers/container-id'
import { inContainer } from '#server/files/place'
import { readUpload } from '#server/files/read-upload'
import { writeFile } from '#server/files/upload'
import { handle, readQuery } from '#server/http/handle'

export const PUT = handle<{ id: string }>(
  { role: 'admin', action: 'container.upload', reach: 'container', isUpload: true },
  async ({ params, request, audit }) => {
    const { path, overwrite } = readQuery(request, uploadQuery)
    const upload = readUpload(request)
    audit.params({ path, bytes: upload.sizeBytes, overwrite: overwrite === '1' })
    const place = inContainer(await containerId(params.id))
    await writeFile(place, { path, overwrite: overwrite === '1', ...upload }, request.signal)
  },
)
