import { maskValue } from '#lib/docker/secrets/secret-text'
import type { BuildContext } from './build-context.ts'
import type { DockerfileChoices } from './dockerfile.ts'
import type { FolderBuildRequest } from './folder-build-request.ts'

/** Why this cannot be the file to build from, as written behind the folder, or null. */
export function dockerfileProblem(file: string): string | null {
  if (file === '') return 'Say which file to build from.'
  if (file.startsWith('/')) return 'Give the file as it is called in the folder.'
  if (/[\0\n\r]/.test(file)) return 'A path has no line ends in it.'
  return file.split('/').includes('..') ? 'The file is in the folder: give it without "..".' : null
}

/** Why there can be no stage of this name, or null; empty means the last. */
export function stageProblem(stage: string): string | null {
  return stage === '' || /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(stage)
    ? null
    : 'A stage has letters, digits, _ . and -.'
}

/** Why this is no platform, or null; empty means that of the Engine. */
export function platformProblem(platform: string): string | null {
  return platform === '' || /^[a-z0-9]+\/[a-z0-9]+(?:\/[a-z0-9]+)?$/.test(platform)
    ? null
    : 'A platform is like linux/amd64 or linux/arm/v7.'
}

/** Why there can be no build argument of this name, or null. */
export function argumentProblem(name: string): string | null {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name)
    ? null
    : `“${name.slice(0, 60)}” is no name of an argument: letters, digits and _, no digit first.`
}

/** Why no secret and no key can be called so, or null. */
export function mountIdProblem(id: string): string | null {
  return /^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(id)
    ? null
    : `“${id.slice(0, 60)}” is no id: letters, digits, _ . and -.`
}

/** What a build is when nothing is chosen: what its schema in folder-build-request.ts fills in, without the schema. */
export const standardFolderBuild: Omit<FolderBuildRequest, 'folder' | 'name'> = {
  dockerfile: 'Dockerfile',
  target: '',
  args: [],
  secrets: [],
  sshKeys: [],
  platform: '',
  isUncached: false,
  isPulled: false,
}

/** A folder as something to build. */
export interface BuildFolder extends DockerfileChoices {
  path: string
  /** Files to build from, by their names; the usual one first. */
  dockerfiles: string[]
  /** The one that `stages`, `args` and `context` are of; empty when there is none. */
  dockerfile: string
  /** What the build may send; null when there is nothing to build from. */
  context: BuildContext | null
  /** Folders right below that have something to build from. */
  below: string[]
}

/** The command it equals. A secret's value is left out: docker then takes it from the variable of that name. */
export function folderBuildCommand(request: FolderBuildRequest): string[] {
  const { folder, dockerfile, name, target, args, secrets, sshKeys, platform } = request
  return [
    'docker',
    'build',
    '-t',
    name,
    ...(dockerfile === 'Dockerfile' ? [] : ['-f', `${folder === '/' ? '' : folder}/${dockerfile}`]),
    ...(target === '' ? [] : ['--target', target]),
    ...args.flatMap(({ name: arg, value }) => [
      '--build-arg',
      maskValue(arg, value).isMasked ? arg : `${arg}=${value}`,
    ]),
    ...secrets.flatMap(({ id, file }) => ['--secret', `id=${id},src=${file}`]),
    ...sshKeys.flatMap(({ id, file }) => ['--ssh', `${id}=${file}`]),
    ...(platform === '' ? [] : ['--platform', platform]),
    ...(request.isUncached ? ['--no-cache'] : []),
    ...(request.isPulled ? ['--pull'] : []),
    folder,
  ]
}
