import { downloadFromVolume } from '#server/files/download'
import { handle } from '#server/http/handle'
import { readVolumeName } from '#server/http/path-params'

/** All of a volume as a tar; its names begin with `./`. */
export const POST = handle<{ name: string }>(
  { role: 'operator', isStream: true, action: 'volume.backup', reach: 'volume', isReadOnlySafe: true },
  ({ params }) => downloadFromVolume(readVolumeName(params.name), '/'),
)
