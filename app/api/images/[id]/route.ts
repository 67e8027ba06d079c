import { removeImage } from '#server/engine/images/image-actions'
import { inspectImage } from '#server/engine/images/image-detail'
import { handle } from '#server/http/handle'
import { readFlag, readHexId } from '#server/http/path-params'

export const GET = handle<{ id: string }>({ role: 'viewer', reach: 'image' }, ({ params }) =>
  inspectImage(readHexId(params.id, 'image')),
)

export const DELETE = handle<{ id: string }>(
  { role: 'operator', action: 'image.remove' },
  ({ request, params }) =>
    removeImage(readHexId(params.id, 'image'), { isForced: readFlag(request, 'force') }),
)
