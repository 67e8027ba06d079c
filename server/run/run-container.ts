import 'server-only'
import { CodedError, errorCode } from '#lib/api/errors'
import { toCreateBody } from '#lib/run/create-body'
import { reachesTheMachine, runProblems } from '#lib/run/run-problems'
import type { RunAnswer, RunSpec } from '#lib/run/run-spec'
import { mayBindMount, type Session } from '#server/auth/policy'
import { callEngine } from '#server/engine/client/client'
import { forgetContainer, refreshContainer } from '#server/engine/model/live-model'
import { callWithWords } from '#server/engine/client/refusal'
import { createRefusal, startRefusal } from './run-refusals.ts'

const createDeadlineMs = 120_000
const startDeadlineMs = 120_000

/** Throws `bad_request` with the field in front, or `role_too_low` when the container could reach the machine and this person is no admin. */
export function requireRunnable(spec: RunSpec, session: Session): void {
  const [wrong] = runProblems(spec)
  if (wrong) throw new CodedError('bad_request', `${wrong[0]}: ${wrong[1]}`)
  const reach = reachesTheMachine(spec)
  if (reach === null || mayBindMount(session)) return
  throw new CodedError(
    'role_too_low',
    `With ${reach} the container could reach the machine itself: this needs the role admin.`,
    { hint: 'Leave it out, or ask an admin of this dashboard.' },
  )
}

/**
 * Creates a container and starts it; one that cannot start is taken away again, so that its name is free for the next try. Source:
 * `POST /containers/create`, `POST /containers/{id}/start`. Throws `name_taken`, `image_not_found`, `network_not_found`, `conflict` and
 * `bad_request` with the field in front.
 */
export async function runContainer(spec: RunSpec): Promise<RunAnswer> {
  const { id, warnings } = await createFromSpec(spec)
  await startOrRemove(id, spec)
  return { id, name: await nameAfter(id), warnings }
}

/** A container that ended at once and was removed by `--rm` has no name any more. */
async function nameAfter(id: string): Promise<string> {
  try {
    return (await refreshContainer(id)).name
  } catch (error) {
    if (errorCode(error) !== 'container_not_found') throw error
    return id.slice(0, 12)
  }
}

/** Creates a container and leaves it be. Throws as `runContainer`. */
export async function createFromSpec(spec: RunSpec): Promise<{ id: string; warnings: string[] }> {
  const { name, platform, body } = toCreateBody(spec)
  const created = await callWithWords(
    'image',
    (docker) =>
      // dockerode takes name and platform out of the body and into the query.
      docker.createContainer({ ...body, ...(name ? { name } : {}), ...(platform ? { platform } : {}) }),
    (message) => createRefusal(spec, message),
    { deadlineMs: createDeadlineMs },
  )
  await refreshContainer(created.id)
  const raw = created as unknown as { Warnings?: string[] | null }
  return { id: created.id, warnings: raw.Warnings ?? [] }
}

/** Starts what was just created; takes it away when it cannot. */
export async function startOrRemove(id: string, spec: RunSpec): Promise<void> {
  try {
    await callWithWords(
      'container',
      (docker) => docker.getContainer(id).start(),
      (message) => startRefusal(spec, message),
      { deadlineMs: startDeadlineMs },
    )
  } catch (error) {
    await removeQuietly(id)
    throw error
  }
}

/** Removes a container that never ran, with the volumes it made; one that is gone already is fine. */
export async function removeQuietly(id: string): Promise<void> {
  try {
    await callEngine((docker) => docker.getContainer(id).remove({ force: true, v: true }), {
      noun: 'container',
    })
    forgetContainer(id)
  } catch {
    // What stays is in the list, as created; the reason it could not start is what matters.
  }
}
