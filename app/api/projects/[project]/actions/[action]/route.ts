import { CodedError } from '#lib/api/errors'
import { projectActionRequest, projectActions } from '#lib/docker/containers/container-request'
import { actOnProject } from '#server/engine/project-actions'
import { handle, readBody } from '#server/http/handle'

export const POST = handle<{ project: string; action: string }>(
  { role: 'operator', action: 'project.{action}', reach: 'project' },
  async ({ request, params }) => {
    const action = projectActions.find((each) => each === params.action)
    if (!action) throw new CodedError('not_found', 'There is no such action.')
    return actOnProject(params.project, action, await readBody(request, projectActionRequest))
  },
)
