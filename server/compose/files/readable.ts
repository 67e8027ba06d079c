import 'server-only'
import { accessSync, constants } from 'node:fs'
import { resolve } from 'node:path'
import { CodedError } from '#lib/api/errors'
import type { ComposeTarget } from '#lib/compose/arguments'
import { pathProblem } from '#lib/compose/same-path'
import { ownContainerId } from '#server/engine/itself'
import { modelContainer } from '#server/engine/model/live-model'

/**
 * Throws `files_unreadable` with the path and what to do, unless every file of the project is readable under the path the Engine's
 * machine has for it. Inside a container another path would also make Compose start containers with the wrong bind mounts.
 */
export function requireReadable(target: ComposeTarget): void {
  const files = [...target.configFiles, ...target.envFiles].map((file) => resolve(target.workingDir, file))
  const own = ownContainerId()
  const mounts = own === null ? null : (modelContainer(own)?.mounts ?? [])
  for (const path of [target.workingDir, ...files]) {
    const problem = mounts === null ? null : pathProblem(path, mounts)
    if (problem !== null) throw notTheSame(path, target.workingDir, problem)
    const missing = accessProblem(path)
    if (missing !== null) throw unreadable(path, missing)
  }
  // Compose reads it by itself where there is one, and stops when it may not.
  const dotEnv = resolve(target.workingDir, '.env')
  if (target.envFiles.length === 0 && accessProblem(dotEnv) === 'EACCES') throw unreadable(dotEnv, 'EACCES')
}

function accessProblem(path: string): string | null {
  try {
    accessSync(/* turbopackIgnore: true */ path, constants.R_OK)
    return null
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown'
  }
}

function unreadable(path: string, code: string): CodedError {
  if (code === 'EACCES')
    return new CodedError('files_unreadable', `Composure may not read ${path}.`, {
      hint: `It runs as user ${process.getuid?.() ?? 'of its own'}: give that user the right to read it.`,
    })
  return new CodedError('files_unreadable', `${path} is not there.`, {
    hint: 'The project was started from there. Put it back, or add the project from the folder where it is now.',
  })
}

function notTheSame(path: string, folder: string, problem: 'not mounted' | 'mounted elsewhere'): CodedError {
  const message =
    problem === 'not mounted'
      ? `Composure runs in a container and does not see ${path}.`
      : `Composure sees another folder of this machine under ${path}.`
  return new CodedError('files_unreadable', message, {
    hint: `Mount it under the same path: add "${folder}:${folder}:ro" to the volumes of the dashboard, then start it again.`,
  })
}
