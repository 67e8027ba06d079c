import { restoreQuery } from '#lib/files/file-request'
import { readUpload } from '#server/files/read-upload'
import { requireUnused, restoreVolume } from '#server/files/restore'
import { handle, readQuery } from '#server/http/handle'
import { readVolumeName } from '#server/http/path-params'

/** Unpacks a tar into a volume; answers with how much was written. */
export const PUT = handle<{ name: string }>(
  { role: 'admin', action: 'volume.restore', reach: 'volume', isUpload: true },
  async ({ params, request, audit }) => {
    const name = readVolumeName(params.name)
    const { confirmed } = readQuery(request, restoreQuery)
    const { body, sizeBytes } = readUpload(request)
    audit.params({ bytes: sizeBytes, confirmed: confirmed === '1' })
    await requireUnused(name, confirmed === '1')
    return restoreVolume(name, body, request.signal)
  },
)
