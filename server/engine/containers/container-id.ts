import 'server-only'
import { CodedError } from '#lib/api/errors'
import { isContainerId } from '#lib/docker/containers/container-id'
import { firstSnapshot } from '../model/live-model.ts'

/**
 * The full id for what a path carried (12 to 64 hex digits). The one gate for container ids: a beginning that fits no
 * container or several is `container_not_found`, and the Engine never gets to take it for a name.
 */
export async function containerId(text: string): Promise<string> {
  if (!isContainerId(text))
    throw new CodedError('bad_request', 'A container id has 12 to 64 hex digits.', {
      hint: 'Open the container from the list.',
    })
  if (text.length === 64) return text
  const { containers } = await firstSnapshot()
  const found = containers.filter(({ id }) => id.startsWith(text))
  const [only] = found
  if (only && found.length === 1) return only.id
  throw new CodedError('container_not_found', `There is no container ${text}.`, {
    hint: 'It may have been removed: look at the list of containers.',
  })
}
