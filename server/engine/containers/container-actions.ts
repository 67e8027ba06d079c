import 'server-only'
import type { Container as DockerContainer, ContainerInspectInfo } from 'dockerode'
import { setTimeout as sleep } from 'node:timers/promises'
import { CodedError, errorCode } from '#lib/api/errors'
import type { Container, ContainerAction } from '#lib/docker/containers/container'
import type { ActionRequest, RemoveContainerRequest } from '#lib/docker/containers/container-request'
import { callEngine } from '../client/client.ts'
import { inspectContainer, toContainer } from './containers.ts'
import { engineStatusCode } from '../client/errors.ts'
import { requireNotItself } from '../itself.ts'
import { forgetContainer, refreshContainer } from '../model/live-model.ts'
import { callWithWords } from '../client/refusal.ts'
import { refusalWords } from './container-refusals.ts'

const ordinaryDeadlineMs = 60_000
const graceMs = 15_000
const engineStopTimeoutSeconds = 10

/**
 * Runs one action and answers with the container as the Engine shows it afterwards; null when the action ended it for good
 * (`--rm`). What already is so counts as done. Source: `POST /containers/{id}/{action}`.
 * Throws `container_not_found`, `not_running`, `conflict`, `is_itself`, and `state_unchanged` when the Engine said yes and it is not so.
 */
export async function actOnContainer(
  id: string,
  action: ContainerAction,
  request: Partial<ActionRequest> = {},
): Promise<Container | null> {
  if (action !== 'start' && action !== 'unpause') requireNotItself(id, request.isItself ?? false, action)
  const raw = await inspectContainer(id)
  const before = toContainer(raw)
  await callWithWords(
    'container',
    (docker) => ignoreNotModified(runAction(docker.getContainer(id), action, request)),
    (message) => refusalWords(before, message),
    { deadlineMs: deadlineMs(raw, action, request) },
  )
  return verify(before, action, request)
}

function runAction(
  container: DockerContainer,
  action: ContainerAction,
  request: Partial<ActionRequest>,
): Promise<unknown> {
  const patience = request.timeoutSeconds === undefined ? {} : { t: request.timeoutSeconds }
  switch (action) {
    case 'start':
      return container.start()
    case 'stop':
      return container.stop(patience)
    case 'restart':
      return container.restart(patience)
    case 'pause':
      return container.pause()
    case 'unpause':
      return container.unpause()
    case 'kill':
      return container.kill(request.signal ? { signal: request.signal } : {})
    default:
      return action satisfies never
  }
}

// 304: it already is started, or stopped.
async function ignoreNotModified(call: Promise<unknown>): Promise<void> {
  try {
    await call
  } catch (error) {
    if (engineStatusCode(error) !== 304) throw error
  }
}

function deadlineMs(
  raw: ContainerInspectInfo & { Config: { StopTimeout?: number } },
  action: ContainerAction,
  request: Partial<ActionRequest>,
): number {
  if (action !== 'stop' && action !== 'restart') return ordinaryDeadlineMs
  const seconds = request.timeoutSeconds ?? raw.Config.StopTimeout ?? engineStopTimeoutSeconds
  return Math.max(ordinaryDeadlineMs, seconds * 1000 + graceMs)
}

// An Engine whose disk is full says yes and does nothing: look before saying it is done.
async function verify(
  before: Container,
  action: ContainerAction,
  request: Partial<ActionRequest>,
): Promise<Container | null> {
  try {
    const after = await refreshContainer(before.id)
    if (hasHappened(before, after, action, request)) return after
    await sleep(250)
    const later = await refreshContainer(before.id)
    if (hasHappened(before, later, action, request)) return later
    throw new CodedError('state_unchanged', `Docker said yes, but ${before.name} is still ${later.state}.`, {
      hint: 'Look at the disk and the log of the Docker service: a full disk does this.',
    })
  } catch (error) {
    if (errorCode(error) !== 'container_not_found') throw error
    forgetContainer(before.id)
    return null
  }
}

function hasHappened(
  before: Container,
  after: Container,
  action: ContainerAction,
  request: Partial<ActionRequest>,
): boolean {
  switch (action) {
    case 'start':
      return after.state === 'running' || after.state === 'paused' || after.startedAtMs !== before.startedAtMs
    case 'restart':
      return after.startedAtMs !== before.startedAtMs
    case 'stop':
      return after.state !== 'running' && after.state !== 'paused' && after.state !== 'restarting'
    case 'pause':
      return after.state !== 'running'
    case 'unpause':
      return after.state !== 'paused'
    case 'kill':
      // Other signals may mean anything to the process.
      return (
        request.signal !== undefined || after.state !== 'running' || after.startedAtMs !== before.startedAtMs
      )
    default:
      return action satisfies never
  }
}

/** Renames a container. Source: `POST /containers/{id}/rename`. Throws `name_taken`, `container_not_found`. */
export async function renameContainer(id: string, name: string): Promise<Container> {
  await callEngine((docker) => docker.getContainer(id).rename({ name }), { noun: 'container' })
  return refreshContainer(id)
}

/**
 * Removes a container. Source: `DELETE /containers/{id}?force=&v=`.
 * Throws `container_not_found`, `conflict` (it runs and `isForced` is not set), `is_itself`.
 */
export async function removeContainer(
  id: string,
  request: Partial<RemoveContainerRequest> = {},
): Promise<void> {
  requireNotItself(id, request.isItself ?? false, 'remove')
  const before = toContainer(await inspectContainer(id))
  await callWithWords(
    'container',
    (docker) =>
      docker.getContainer(id).remove({ force: request.isForced ?? false, v: request.withVolumes ?? false }),
    (message) => refusalWords(before, message),
    { deadlineMs: ordinaryDeadlineMs },
  )
  forgetContainer(id)
}
