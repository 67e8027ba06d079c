import { connectRequest } from '#lib/docker/networks/network-request'
import { connectContainer } from '#server/engine/networks/network-actions'
import { handle, readBody } from '#server/http/handle'
import { readHexId } from '#server/http/path-params'

export const POST = handle<{ id: string }>(
  { role: 'operator', action: 'network.connect' },
  async ({ request, params }) =>
    connectContainer(readHexId(params.id, 'network'), await readBody(request, connectRequest)),
)
