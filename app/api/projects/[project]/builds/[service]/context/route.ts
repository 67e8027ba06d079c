import { serviceContext } from '#server/builds/context'
import { handle } from '#server/http/handle'

// For operators, who may build it: it names files of the machine.
export const GET = handle<{ project: string; service: string }>(
  { role: 'operator', reach: 'project' },
  ({ params }) => serviceContext(params.project, params.service),
)
