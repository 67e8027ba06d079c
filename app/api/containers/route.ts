import { reachableSnapshot } from '#server/auth/reach'
import { handle } from '#server/http/handle'

export const GET = handle(
  { role: 'viewer', reach: 'filtered' },
  async ({ session }) => (await reachableSnapshot(session)).containers,
)
