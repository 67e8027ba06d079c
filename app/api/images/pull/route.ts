import { pullImageRequest } from '#lib/docker/image-request'
import { startPull } from '#server/engine/image-pull'
import { eventStream } from '#server/http/event-stream'
import { handle, readBody } from '#server/http/handle'

export const POST = handle(
  { role: 'operator', isStream: true, action: 'image.pull' },
  async ({ request }) => {
    const { reference } = await readBody(request, pullImageRequest)
    return eventStream(await startPull(reference, { signal: request.signal }))
  },
)
