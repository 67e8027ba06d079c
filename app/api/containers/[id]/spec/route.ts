import { copyRequest } from '#lib/run/container-copy'
import { containerId } from '#server/engine/containers/container-id'
import { handle, readBody } from '#server/http/handle'
import { specOfContainer } from '#server/run/spec-of-container'

/** A POST, for it answers with secrets: it is written down like every reveal. */
export const POST = handle<{ id: string }>(
  { role: 'operator', action: 'container.reveal', reach: 'container', isReadOnlySafe: true },
  async ({ params, request }) => {
    const { kind } = await readBody(request, copyRequest)
    return specOfContainer(await containerId(params.id), kind)
  },
)
