import 'server-only'
import { basename, isAbsolute, join, relative, resolve } from 'node:path'
import { CodedError } from '#lib/api/errors'
import { type BuildContext, type BuildSettings, readBuild } from '#lib/builds/build-context'
import { DockerIgnore } from '#lib/builds/dockerignore'
import { readModel } from '#server/compose/cli/model'
import { requireReadable } from '#server/compose/files/readable'
import { operableTarget } from '#server/compose/files/target'
import { readStart } from './read-start.ts'
import { walkContext } from './walk.ts'

const maxIgnoreBytes = 256 * 1024

/** What building a service of a project would send. Throws `not_found` for a service that is not built, and why the files cannot be read. */
export async function serviceContext(project: string, service: string): Promise<BuildContext> {
  const target = await operableTarget(project)
  const { services } = await readModel(target, { profiles: ['*'] })
  const build = Object.hasOwn(services, service) ? readBuild(services[service]?.build) : null
  if (build === null)
    throw new CodedError('not_found', `The files of ${target.project} build no service of this name.`)
  return readContext({ ...build, context: resolveContext(target.workingDir, build.context) })
}

const isElsewhere = (context: string): boolean => /^(?:[a-z][a-z0-9+.-]*:|git@|github\.com\/)/i.test(context)

const resolveContext = (folder: string, context: string): string =>
  isElsewhere(context) ? context : resolve(folder, context)

/** Reads a context folder as BuildKit would, within bounds of entries and time. Throws `files_unreadable`. */
export async function readContext(build: BuildSettings): Promise<BuildContext> {
  const { context: folder, target } = build
  const dockerfile = build.isInline ? 'inline' : build.dockerfile
  if (isElsewhere(folder)) return { ...nothing(folder), dockerfile, target, isRemote: true }
  requireReadable({ project: '', workingDir: folder, configFiles: [], envFiles: [] })
  const ignored = await readIgnore(folder, build)
  const walked = await walkContext(folder, new DockerIgnore(ignored?.text ?? ''))
  return { ...nothing(folder), dockerfile, target, ignoreFile: ignored?.name ?? null, ...walked }
}

const nothing = (folder: string): BuildContext => ({
  folder,
  dockerfile: '',
  target: '',
  isRemote: false,
  ignoreFile: null,
  sent: { files: 0, bytes: 0 },
  leftOut: { files: 0, bytes: 0 },
  largest: [],
  secrets: [],
  savings: [],
  isPartial: false,
})

/** `<build file>.dockerignore` beside the build file goes before `.dockerignore` of the folder. */
async function readIgnore(
  folder: string,
  { dockerfile, isInline }: BuildSettings,
): Promise<{ name: string; text: string } | null> {
  const own = `${isAbsolute(dockerfile) ? dockerfile : join(folder, dockerfile)}.dockerignore`
  for (const file of isInline ? [] : [own]) {
    const text = await readStart(file, maxIgnoreBytes)
    if (text !== null) return { name: nameIn(folder, file), text }
  }
  const text = await readStart(join(folder, '.dockerignore'), maxIgnoreBytes)
  return text === null ? null : { name: '.dockerignore', text }
}

function nameIn(folder: string, file: string): string {
  const name = relative(folder, file)
  return name.startsWith('..') ? basename(file) : name
}
