import 'server-only'
import type { ContainerInspectInfo } from 'dockerode'
import { CodedError, errorCode } from '#lib/api/errors'
import { FrameDecoder } from '#lib/logs/frame-decoder'
import { stripAnsi } from '#lib/logs/ansi'
import { asideName } from '#lib/run/aside-name'
import type { RunAnswer, RunSpec } from '#lib/run/run-spec'
import { callEngine } from '#server/engine/client/client'
import { inspectContainer } from '#server/engine/containers/containers'
import { engineStatusCode } from '#server/engine/client/errors'
import { ownContainerId } from '#server/engine/itself'
import { forgetContainer, refreshContainer, waitForContainer } from '#server/engine/model/live-model'
import { log } from '#server/log'
import { putBack, renameTo } from './put-back.ts'
import { createFromSpec, removeQuietly, startOrRemove } from './run-container.ts'
import { crossOut, writeUnfinished } from './unfinished.ts'

const stopDeadlineMs = 90_000
/** A program that cannot run mostly says so by ending at once; one that lasts this long runs. */
const provingMs = 3_000

/**
 * Makes a container again with another spec, under the name of the spec. The old one steps aside under another name and is stopped, the new one
 * is created and, if the old one ran, started; only when it runs is the old one removed, otherwise it gets its name back and runs again. Volumes
 * are never removed. Throws `is_itself`, `conflict` (it ended at once) and what `runContainer` throws.
 */
export async function recreateContainer(id: string, wished: RunSpec): Promise<RunAnswer> {
  if (id === ownContainerId())
    throw new CodedError(
      'is_itself',
      'Composure cannot make its own container again: nobody would be left to finish.',
      {
        hint: 'Do it in a terminal, or with docker compose up.',
      },
    )
  const old = await inspectContainer(id)
  const oldName = old.Name.replace(/^\//, '')
  const spec = { ...wished, name: wished.name || oldName }
  const aside = asideName(oldName, old.Id)
  const isRunning = old.State.Running || old.State.Restarting
  const unfinished = {
    oldId: old.Id,
    oldName,
    newName: spec.name,
    newId: null,
    wasRunning: isRunning,
    begunAtMs: Date.now(),
  }
  writeUnfinished(unfinished)
  try {
    await renameTo(id, aside)
  } catch (error) {
    crossOut(old.Id)
    throw error
  }
  const made: { id: string | null } = { id: null }
  try {
    const { id: newId, warnings } = await createFromSpec(spec)
    made.id = newId
    writeUnfinished({ ...unfinished, newId })
    if (isRunning) {
      await stop(old)
      await startOrRemove(newId, spec)
      await proveRunning(newId, spec)
    }
    await removeOld(id)
    crossOut(old.Id)
    return { id: newId, name: (await refreshContainer(newId)).name, warnings }
  } catch (error) {
    if (made.id !== null) await removeQuietly(made.id)
    throw await rollBack(old, oldName, isRunning, error)
  }
}

async function stop(old: ContainerInspectInfo): Promise<void> {
  await callEngine(
    async (docker) => {
      try {
        await docker.getContainer(old.Id).stop()
      } catch (error) {
        // 304: it has ended by itself. 404: it was made with --rm.
        if (engineStatusCode(error) !== 304 && engineStatusCode(error) !== 404) throw error
      }
    },
    { noun: 'container', deadlineMs: stopDeadlineMs },
  )
}

/** Throws `conflict` with the last words of a container that ended right after its start. */
async function proveRunning(id: string, spec: RunSpec): Promise<void> {
  const after = await waitForContainer(
    id,
    ({ state }) => state !== 'running' && state !== 'created',
    provingMs,
  )
  if (after?.state === 'running') return
  const words = await lastWords(id)
  const code = after?.exitCode ?? null
  throw new CodedError(
    'conflict',
    `The new ${spec.name} ended at once${code === null ? '' : ` with exit code ${code}`}.`,
    {
      hint: words === '' ? 'It wrote nothing.' : `Its last words: ${words}`,
    },
  )
}

async function lastWords(id: string): Promise<string> {
  try {
    const bytes = await callEngine(
      (docker) => docker.getContainer(id).logs({ stdout: true, stderr: true, tail: 5, follow: false }),
      { noun: 'container' },
    )
    const parts: string[] = []
    const decoder = new FrameDecoder()
    decoder.push(bytes, (_, chunk, start, end) =>
      parts.push(new TextDecoder().decode(chunk.subarray(start, end))),
    )
    return stripAnsi(parts.join('')).trim().slice(-600)
  } catch {
    return ''
  }
}

async function removeOld(id: string): Promise<void> {
  try {
    // Its volumes stay: also those without a name, which may be mounted again.
    await callEngine((docker) => docker.getContainer(id).remove({ force: true, v: false }), {
      noun: 'container',
    })
    forgetContainer(id)
  } catch (error) {
    if (errorCode(error) !== 'container_not_found') throw error
  }
}

/** Gives the old container its name back and starts it if it ran; the error to throw says which of the two could be done. */
async function rollBack(
  old: ContainerInspectInfo,
  name: string,
  wasRunning: boolean,
  cause: unknown,
): Promise<unknown> {
  try {
    await putBack(old.Id, name, wasRunning)
    crossOut(old.Id)
    return withOutcome(cause, wasRunning ? `The old ${name} runs again.` : `The old ${name} is as it was.`)
  } catch (error) {
    log.error('a container could not be put back', { name, error: String(error) })
    return withOutcome(
      cause,
      `The old one could not be put back: it is ${asideName(name, old.Id)}; rename it to ${name} and start it.`,
    )
  }
}

function withOutcome(cause: unknown, outcome: string): unknown {
  const code = errorCode(cause)
  if (code === null || !(cause instanceof Error)) return cause
  const hint = 'hint' in cause && typeof cause.hint === 'string' ? `${cause.hint} ` : ''
  return new CodedError(code, cause.message, { hint: `${hint}${outcome}`, cause })
}
