import { disconnectContainer } from '#server/engine/networks/network-actions'
import { handle } from '#server/http/handle'
import { readHexId } from '#server/http/path-params'

export const DELETE = handle<{ id: string; containerId: string }>(
  { role: 'operator', action: 'network.disconnect', reach: 'network' },
  ({ params }) =>
    disconnectContainer(readHexId(params.id, 'network'), readHexId(params.containerId, 'container')),
)
