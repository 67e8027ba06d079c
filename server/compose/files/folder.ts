import 'server-only'
import { accessSync, constants, type Dirent, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CodedError, errorCode } from '#lib/api/errors'
import type { ComposeTarget } from '#lib/compose/arguments'
import {
  type ComposeFolder,
  defaultFileNames,
  isComposeFileName,
  isEnvFileName,
  projectFolder,
} from '#lib/compose/folder'
import type { PlaceRequest } from '#lib/compose/place-request'
import { readModel } from '#server/compose/cli/model'
import { namedFiles } from './compose-variables.ts'
import { guardFiles } from './guard.ts'
import { rememberPlace } from './places.ts'
import { requireReadable } from './readable.ts'

const maxBelow = 200

/** What Compose would find in a folder of this machine. Throws `files_unreadable` when the folder cannot be read from here. */
export async function readFolder(path: string): Promise<ComposeFolder> {
  requireReadable({ project: '', workingDir: path, configFiles: [], envFiles: [] })
  const entries = list(path)
  const names = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name)
  const found = await filesOf(path, names)
  const folder: ComposeFolder = {
    path,
    project: '',
    ...found,
    files: [
      ...new Set([...found.defaultFiles, ...names.filter(isComposeFileName).map((name) => join(path, name))]),
    ],
    envFiles: names.filter(isEnvFileName).map((name) => join(path, name)),
    services: [],
    problem: null,
    below: entries
      .filter((entry) => entry.isDirectory())
      .slice(0, maxBelow)
      .map(({ name }) => join(path, name))
      .filter(hasComposeFile),
  }
  return folder.defaultFiles.length > 0 ? described(folder) : folder
}

/** What Compose takes when it is told nothing: the files that `.env` names, else those of the default names. */
async function filesOf(
  path: string,
  names: readonly string[],
): Promise<Pick<ComposeFolder, 'defaultFiles' | 'defaultEnvFiles' | 'isNamedByEnv'>> {
  const named = names.includes('.env') ? await namedFiles(path) : null
  if (named !== null)
    return { defaultFiles: named.configFiles, defaultEnvFiles: named.envFiles, isNamedByEnv: true }
  const defaultFiles = defaultFileNames(names).map((name) => join(path, name))
  return { defaultFiles, defaultEnvFiles: [], isNamedByEnv: false }
}

function list(path: string): Dirent[] {
  try {
    return readdirSync(/* turbopackIgnore: true */ path, { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    )
  } catch (cause) {
    throw new CodedError('files_unreadable', `${path} is not a folder that Composure can read.`, { cause })
  }
}

function hasComposeFile(path: string): boolean {
  try {
    accessSync(/* turbopackIgnore: true */ path, constants.R_OK)
    const names = readdirSync(path)
    return defaultFileNames(names).length > 0 || (names.includes('.env') && namesFiles(join(path, '.env')))
  } catch {
    return false
  }
}

const namesFiles = (envFile: string): boolean =>
  /^\s*(?:export\s+)?COMPOSE_FILE\s*=/m.test(readFileSync(/* turbopackIgnore: true */ envFile, 'utf8'))

/** The folder with what Compose itself makes of it: the name and the services. */
async function described(folder: ComposeFolder): Promise<ComposeFolder> {
  const target: ComposeTarget = {
    project: '',
    workingDir: projectFolder(folder.defaultFiles, folder.path),
    configFiles: folder.defaultFiles,
    envFiles: folder.defaultEnvFiles,
  }
  try {
    requireReadable(target)
    guardFiles(target)
    const model = await readModel(target, { profiles: ['*'] })
    return { ...folder, project: model.name, services: Object.keys(model.services) }
  } catch (error) {
    if (errorCode(error) === null || !(error instanceof Error)) throw error
    const hint = 'hint' in error && typeof error.hint === 'string' ? error.hint : undefined
    return { ...folder, problem: { message: error.message, ...(hint ? { hint } : {}) } }
  }
}

/** Remembers a project that may never have run. Throws what makes it unusable: `files_unreadable`, `compose_invalid`, `remote_include_disabled`. */
export async function addPlace(request: PlaceRequest, who: string): Promise<ComposeTarget> {
  const place = request.configFiles.length > 0 ? request : await placeOf(request)
  const { configFiles } = place
  if (configFiles.length === 0)
    throw new CodedError('files_unreadable', `There is no compose file in ${request.workingDir}.`, {
      hint: 'Compose looks for compose.yaml, compose.yml, docker-compose.yml and docker-compose.yaml.',
    })
  requireReadable(place)
  guardFiles(place)
  rememberPlace(place, who)
  return place
}

/** The place with what Compose finds in its folder by itself. */
async function placeOf(request: PlaceRequest): Promise<PlaceRequest> {
  const names = list(request.workingDir).map(({ name }) => name)
  const { defaultFiles: configFiles, defaultEnvFiles } = await filesOf(request.workingDir, names)
  const envFiles = request.envFiles.length > 0 ? request.envFiles : defaultEnvFiles
  return { ...request, workingDir: projectFolder(configFiles, request.workingDir), configFiles, envFiles }
}
