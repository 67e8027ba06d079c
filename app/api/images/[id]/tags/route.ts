import { tagImageRequest } from '#lib/docker/images/image-request'
import { tagImage, untagImage } from '#server/engine/images/image-actions'
import { handle, readBody } from '#server/http/handle'
import { readFlag, readHexId } from '#server/http/path-params'

export const POST = handle<{ id: string }>(
  { role: 'operator', action: 'image.tag' },
  async ({ request, params }) => {
    const { name } = await readBody(request, tagImageRequest)
    await tagImage(readHexId(params.id, 'image'), name)
  },
)

export const DELETE = handle<{ id: string }>(
  { role: 'operator', action: 'image.untag' },
  ({ request, params }) => {
    const name = new URL(request.url).searchParams.get('name') ?? ''
    return untagImage(readHexId(params.id, 'image'), name, { isForced: readFlag(request, 'force') })
  },
)
