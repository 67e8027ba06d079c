import 'server-only'
import { CodedError, errorCode } from '#lib/api/errors'
import { baseName, fileNameProblem, joinPath, parentPath, tidyPath } from '#lib/files/inside-path'
import { inspectContainer } from '#server/engine/containers/containers'
import { runExec } from '#server/engine/containers/exec'
import { execSessions } from '#server/exec/sessions'
import { isFolderMode, statPath } from './engine-archive.ts'
import { inContainer, type Place, withVolume } from './place.ts'
import { enginePath, resolvePath } from './resolve.ts'
import { runOnVolume, type ToolEnd } from './volume-tool.ts'

/** Large folders take their time. */
const deadlineMs = 300_000

/** Whose files are changed: the Engine itself can neither rename nor remove one, so a program of a container does. */
export type ChangePlace = { kind: 'container'; id: string } | { kind: 'volume'; name: string }

/**
 * Removes a file, a link (not what it leads to) or a folder with everything in it. Throws `not_found`, `conflict` (the root, a mount in it,
 * read-only, no `rm` to do it with), `not_running`.
 */
export async function removePath(place: ChangePlace, wanted: string): Promise<void> {
  const path = await locate(place, wanted)
  const end = await run(place, ['rm', '-rf', '--', path])
  requireDone(end, 'rm', path)
}

/** Gives a file or folder another name in the same folder. Throws `bad_request`, `not_found`, `conflict` (the name is taken), and as `removePath`. */
export async function renamePath(place: ChangePlace, wanted: string, name: string): Promise<void> {
  const problem = fileNameProblem(name)
  if (problem !== null) throw new CodedError('bad_request', `name: ${problem}`)
  const path = await locate(place, wanted)
  const target = joinPath(parentPath(path), name)
  if (target === path) return
  if (await exists(place, target))
    throw new CodedError('conflict', `${target} is there already.`, { hint: 'Choose another name.' })
  requireDone(await run(place, ['mv', '--', path, target]), 'mv', path)
}

/** The path without links on the way to it; the last step may be one, and is meant itself. */
async function locate(place: ChangePlace, wanted: string): Promise<string> {
  const path = tidyPath(wanted)
  if (path === '/') throw new CodedError('conflict', 'The root itself stays.')
  const real = await within(place, async (at) => {
    const folder = await resolvePath(at, parentPath(path))
    if (!isFolderMode(folder.stat.mode)) throw new CodedError('conflict', `${folder.path} is no folder.`)
    const found = joinPath(folder.path, baseName(path))
    await statPath(at.containerId, enginePath(at, found))
    return found
  })
  if (place.kind === 'container') await requireChangeable(place.id, real)
  return real
}

async function exists(place: ChangePlace, path: string): Promise<boolean> {
  try {
    await within(place, (at) => statPath(at.containerId, enginePath(at, path)))
    return true
  } catch (error) {
    if (errorCode(error) === 'not_found') return false
    throw error
  }
}

function within<Value>(place: ChangePlace, read: (at: Place) => Promise<Value>): Promise<Value> {
  return place.kind === 'container' ? read(inContainer(place.id)) : withVolume(place.name, 'read', read)
}

/** A mount in the folder would lose its data, which outlives the container; a container that does not run has nobody to do it. */
async function requireChangeable(id: string, path: string): Promise<void> {
  if (!execSessions().settings.isOn)
    throw new CodedError('conflict', 'Nothing may be run in a container of this dashboard.', {
      hint: 'Renaming and removing a file in one runs mv and rm in it: COMPOSURE_EXEC=on allows it.',
    })
  const raw = await inspectContainer(id)
  const mount = raw.Mounts.find(
    ({ Destination }) => Destination === path || Destination.startsWith(`${path}/`),
  )
  if (mount)
    throw new CodedError('conflict', `${mount.Destination} is a mount: its files outlive the container.`, {
      hint: 'Remove or rename what is in it one by one, or in the volume itself.',
    })
  const name = raw.Name.replace(/^\//, '')
  if (!raw.State.Running || raw.State.Paused)
    throw new CodedError(
      'not_running',
      `${name} does not run, so nothing in it can rename or remove a file.`,
      {
        hint: raw.State.Paused
          ? 'Unpause it first.'
          : 'Start it first. Where it does not start: uploading a file of the same name replaces it.',
      },
    )
}

async function run(place: ChangePlace, argv: readonly [string, ...string[]]): Promise<ToolEnd> {
  if (place.kind === 'volume') return runOnVolume(place.name, argv, deadlineMs)
  return runExec(place.id, { command: argv, user: '0' }, { timeoutMs: deadlineMs, maxBytes: 8192 })
}

function requireDone({ output, exitCode }: ToolEnd, tool: string, path: string): void {
  if (exitCode === 0) return
  if (exitCode === 126 || exitCode === 127)
    throw new CodedError('conflict', `There is no ${tool} in this container to do it with.`, {
      hint: 'It is made of its program only. If the file is in a volume, do it there.',
    })
  const said = output.trim().split('\n').at(-1) ?? ''
  throw new CodedError(
    'conflict',
    said === '' ? `${tool} could not change ${path}.` : `${said.slice(0, 300)}.`,
    {
      hint: /read-only/i.test(said) ? 'It is mounted read-only, or the container’s own files are.' : '',
    },
  )
}
