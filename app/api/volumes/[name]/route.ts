import { inspectVolume, removeVolume } from '#server/engine/volumes/volume-actions'
import { handle } from '#server/http/handle'
import { readVolumeName } from '#server/http/path-params'

export const GET = handle<{ name: string }>({ role: 'viewer', reach: 'volume' }, ({ params }) =>
  inspectVolume(readVolumeName(params.name)),
)

export const DELETE = handle<{ name: string }>(
  { role: 'operator', action: 'volume.remove', reach: 'volume' },
  ({ params }) => removeVolume(readVolumeName(params.name)),
)
