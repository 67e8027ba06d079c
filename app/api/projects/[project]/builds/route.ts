import { listBuilds } from '#server/builds/history'
import { handle } from '#server/http/handle'

export const GET = handle<{ project: string }>({ role: 'viewer', reach: 'project' }, async ({ params }) =>
  listBuilds(params.project),
)
