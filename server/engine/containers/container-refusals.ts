import 'server-only'
import { CodedError } from '#lib/api/errors'
import type { Container } from '#lib/docker/containers/container'

/** The Engine's refusals of container actions in a person's words; null leaves the general ones. It tells them apart by text only. */
export function refusalWords(container: Container, message: string): CodedError | null {
  const { name } = container
  if (/port is already allocated|address already in use/.test(message)) {
    const port = /:(\d{1,5})\b(?=[^:]*(?:failed|already))/.exec(message)?.[1]
    return new CodedError('conflict', `Port ${port ?? 'of the host'} is taken, so ${name} cannot start.`, {
      hint: 'Stop what uses the port, or publish another one.',
    })
  }
  if (/executable file not found|no such file or directory/.test(message))
    return new CodedError(
      'engine_error',
      `The command of ${name} is not in its image. Docker says: ${message}`,
      {
        hint: 'Check the command and the entrypoint: a misspelt name, or a script with Windows line ends.',
      },
    )
  if (/permission denied/.test(message) && /exec|runc|OCI/.test(message))
    return new CodedError('engine_error', `The command of ${name} is there but cannot be executed.`, {
      hint: 'Give it the x permission in the image: COPY --chmod=755.',
    })
  if (/is paused|paused container/.test(message))
    return new CodedError('conflict', `${name} is paused.`, { hint: 'Unpause it first.' })
  if (/already paused/.test(message)) return new CodedError('conflict', `${name} is already paused.`)
  if (/is not paused/.test(message)) return new CodedError('conflict', `${name} is not paused.`)
  if (/is not running/.test(message))
    return new CodedError('not_running', `${name} is not running.`, { hint: 'Start it first.' })
  if (/container is (?:running|paused|restarting)|cannot remove a running|force remove/i.test(message))
    return new CodedError('conflict', `${name} is ${container.state}.`, {
      hint: 'Stop it first, or remove it by force.',
    })
  return null
}
