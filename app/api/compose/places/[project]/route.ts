import { forgetPlace } from '#server/compose/files/places'
import { handle } from '#server/http/handle'

export const DELETE = handle<{ project: string }>(
  { role: 'admin', action: 'project.forget' },
  async ({ params }) => forgetPlace(params.project),
)
