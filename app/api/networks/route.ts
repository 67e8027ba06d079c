import { createNetworkRequest } from '#lib/docker/networks/network-request'
import { reachableSnapshot } from '#server/auth/reach'
import { listNetworks } from '#server/engine/networks/networks'
import { createNetwork } from '#server/engine/networks/network-actions'
import { handle, readBody } from '#server/http/handle'

export const GET = handle({ role: 'viewer', reach: 'filtered' }, async ({ session }) =>
  session.projects === null ? listNetworks() : (await reachableSnapshot(session)).networks,
)

export const POST = handle({ role: 'operator', action: 'network.create' }, async ({ request }) =>
  Response.json(await createNetwork(await readBody(request, createNetworkRequest)), { status: 201 }),
)
