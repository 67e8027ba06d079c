import { readProjectModel } from '#server/compose/source/project-model'
import { handle } from '#server/http/handle'

export const GET = handle<{ project: string }>({ role: 'viewer', reach: 'project' }, ({ params }) =>
  readProjectModel(params.project),
)
