import { reachableSnapshot } from '#server/auth/reach'
import { listImages } from '#server/engine/images/images'
import { handle } from '#server/http/handle'

export const GET = handle({ role: 'viewer', reach: 'filtered' }, async ({ session }) =>
  session.projects === null ? listImages() : (await reachableSnapshot(session)).images,
)
