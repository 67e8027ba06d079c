import { uploadQuery } from '#lib/files/file-request'
import { withVolume } from '#server/files/place'
import { readUpload } from '#server/files/read-upload'
import { writeFile } from '#server/files/upload'
import { handle, readQuery } from '#server/http/handle'
import { readVolumeName } from '#server/http/path-params'

export const PUT = handle<{ name: string }>(
  { role: 'admin', action: 'volume.upload', reach: 'volume', isUpload: true },
  async ({ params, request, audit }) => {
    const { path, overwrite } = readQuery(request, uploadQuery)
    const upload = readUpload(request)
    audit.params({ path, bytes: upload.sizeBytes, overwrite: overwrite === '1' })
    await withVolume(readVolumeName(params.name), 'write', (place) =>
      writeFile(place, { path, overwrite: overwrite === '1', ...upload }, request.signal),
    )
  },
)
