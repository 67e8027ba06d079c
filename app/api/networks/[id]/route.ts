import { inspectNetwork, removeNetwork } from '#server/engine/networks/network-actions'
import { handle } from '#server/http/handle'
import { readHexId } from '#server/http/path-params'

export const GET = handle<{ id: string }>({ role: 'viewer', reach: 'network' }, ({ params }) =>
  inspectNetwork(readHexId(params.id, 'network')),
)

export const DELETE = handle<{ id: string }>(
  { role: 'operator', action: 'network.remove', reach: 'network' },
  ({ params }) => removeNetwork(readHexId(params.id, 'network')),
)
