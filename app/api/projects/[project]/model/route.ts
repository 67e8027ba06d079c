import { readProjectModel } from '#server/compose/source/project-model'
import { handle } from '#server/http/handle'

export const GET = handle<{ project: string }>({ role: 'viewer' }, ({ params }) =>
  readProjectModel(params.project),
)
