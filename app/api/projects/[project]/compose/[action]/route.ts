import { runComposeAction } from '#server/compose/requests'
import { handle } from '#server/http/handle'

export const POST = handle<{ project: string; action: string }>(
  { role: 'operator', action: 'project.{action}', reach: 'project' },
  runComposeAction,
)
