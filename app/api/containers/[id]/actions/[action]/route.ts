import { CodedError } from '#lib/api/errors'
import { containerActions } from '#lib/docker/containers/container'
import { actionRequest } from '#lib/docker/containers/container-request'
import { actOnContainer } from '#server/engine/containers/container-actions'
import { containerId } from '#server/engine/containers/container-id'
import { handle, readBody } from '#server/http/handle'

/** Answers with the container as it is afterwards, or null when the action removed it (`--rm`). */
export const POST = handle<{ id: string; action: string }>(
  { role: 'operator', action: 'container.{action}', reach: 'container' },
  async ({ request, params }) => {
    const action = containerActions.find((each) => each === params.action)
    if (!action) throw new CodedError('not_found', 'There is no such action.')
    return actOnContainer(await containerId(params.id), action, await readBody(request, actionRequest))
  },
)
