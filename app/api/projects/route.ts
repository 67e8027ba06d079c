import { projectsOf } from '#lib/docker/projects/project'
import { reachableSnapshot } from '#server/auth/reach'
import { handle } from '#server/http/handle'

export const GET = handle({ role: 'viewer', reach: 'filtered' }, async ({ session }) =>
  projectsOf(await reachableSnapshot(session), Date.now()),
)
