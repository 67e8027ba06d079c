import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ContainerInspectInfo } from 'dockerode'
import { errorCode } from '#lib/api/errors'
import { asideName } from '#lib/run/aside-name'
import { callEngine } from '#server/engine/client/client'
import { forgetContainer } from '#server/engine/model/live-model'
import { log } from '#server/log'
import { putBack } from './put-back.ts'
import { crossOut, listUnfinished, type Unfinished } from './unfinished.ts'

/** A container that ran this long before the start is not one that ends at once. */
const provenMs = 3_000
const retryMs = 5_000

/**
 * Brings to an end what a former process was killed in the middle of: a container that was being made again is the new one if that runs, and
 * otherwise the old one, under its name, running if it ran. Called once at the start; waits for an Engine that is away.
 */
export async function finishRecreations(): Promise<void> {
  for (const each of listUnfinished()) {
    for (;;) {
      try {
        const isNew = await finish(each)
        crossOut(each.oldId)
        log.warn('a container was being made again when Composure ended', {
          name: isNew ? each.newName : each.oldName,
          outcome: isNew ? 'the new one runs' : 'the old one is back',
        })
        break
      } catch (error) {
        const isAway = ['engine_unreachable', 'engine_timeout'].includes(errorCode(error) ?? '')
        if (!isAway) {
          log.error('a container that was being made again could not be put back', {
            look: asideName(each.oldName, each.oldId),
            error: String(error),
          })
          break
        }
        await sleep(retryMs, undefined, { ref: false })
      }
    }
  }
}

/** True when the new one takes over, false when the old one is back. */
async function finish(each: Unfinished): Promise<boolean> {
  const old = await inspect(each.oldId)
  const made = await madeFor(each)
  // Removing the old one is the last step: without it only the new one is left.
  if (old === null) return true
  if (made?.State.Running && (await isProven(made))) {
    await remove(each.oldId)
    return true
  }
  if (made !== null) await remove(made.Id)
  await putBack(each.oldId, each.oldName, each.wasRunning)
  return false
}

/** The new container; one that was created in the moment of the end is known by its name and by never having run. */
async function madeFor({
  newId,
  newName,
  oldId,
  begunAtMs,
}: Unfinished): Promise<ContainerInspectInfo | null> {
  if (newId !== null) return inspect(newId)
  const named = await inspect(newName)
  if (named === null || named.Id === oldId || named.State.Status !== 'created') return null
  return Date.parse(named.Created) >= begunAtMs ? named : null
}

async function isProven({ Id, State }: ContainerInspectInfo): Promise<boolean> {
  const ageMs = Date.now() - Date.parse(State.StartedAt)
  if (ageMs < provenMs) await sleep(provenMs - ageMs)
  const after = await inspect(Id)
  return after?.State.Running === true && after.State.StartedAt === State.StartedAt
}

async function inspect(idOrName: string): Promise<ContainerInspectInfo | null> {
  try {
    return await callEngine((docker) => docker.getContainer(idOrName).inspect(), { noun: 'container' })
  } catch (error) {
    if (errorCode(error) === 'container_not_found') return null
    throw error
  }
}

/** Volumes stay: the other one may mount them. */
async function remove(id: string): Promise<void> {
  await callEngine((docker) => docker.getContainer(id).remove({ force: true, v: false }), {
    noun: 'container',
  })
  forgetContainer(id)
}
