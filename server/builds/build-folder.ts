import 'server-only'
import { type Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { CodedError } from '#lib/api/errors'
import { isDockerfileName, readDockerfile } from '#lib/builds/dockerfile'
import type { BuildFolder } from '#lib/builds/folder-build'
import { requireReadable } from '#server/compose/files/readable'
import { firstSnapshot } from '#server/engine/model/live-model'
import { readContext } from './context.ts'
import { readStart } from './read-start.ts'

const maxBelow = 200
const maxDockerfileBytes = 256 * 1024

/** A folder of this machine as something to build: what from, its stages and arguments, what would be sent. Throws `files_unreadable`. */
export async function readBuildFolder(path: string, dockerfile: string): Promise<BuildFolder> {
  await firstSnapshot()
  requireSeen(path)
  const entries = await list(path)
  const dockerfiles = dockerfilesOf(entries)
  const chosen = dockerfile || (dockerfiles[0] ?? '')
  const nothing = {
    path,
    dockerfiles,
    dockerfile: chosen,
    stages: [],
    args: [],
    secrets: [],
    sshKeys: [],
    context: null,
  }
  if (chosen === '') return { ...nothing, below: await buildableBelow(path, entries) }
  const text = await requireDockerfile(path, chosen)
  const context = await readContext({ context: path, dockerfile: chosen, isInline: false, target: '' })
  return { ...nothing, ...readDockerfile(text), context, below: [] }
}

/** The text of a file to build from. Throws `files_unreadable` when it, or its folder, cannot be read under the path of the Engine's machine. */
export async function requireDockerfile(folder: string, dockerfile: string): Promise<string> {
  requireSeen(folder)
  const text = await readStart(join(folder, dockerfile), maxDockerfileBytes)
  if (text !== null) return text
  throw new CodedError('files_unreadable', `${join(folder, dockerfile)} cannot be read.`, {
    hint: 'A build needs a Dockerfile: check its name, and that the user Composure runs as may read it.',
  })
}

function requireSeen(folder: string): void {
  requireReadable({ project: '', workingDir: folder, configFiles: [], envFiles: [] })
}

async function list(path: string): Promise<Dirent[]> {
  try {
    const entries = await readdir(/* turbopackIgnore: true */ path, { withFileTypes: true })
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch (cause) {
    throw new CodedError('files_unreadable', `${path} is not a folder that Composure can read.`, { cause })
  }
}

/** The usual name first. */
function dockerfilesOf(entries: readonly Dirent[]): string[] {
  const names = entries
    .filter((entry) => !entry.isDirectory() && isDockerfileName(entry.name))
    .map(({ name }) => name)
  return [...names].sort((a, b) => Number(b === 'Dockerfile') - Number(a === 'Dockerfile'))
}

async function buildableBelow(path: string, entries: readonly Dirent[]): Promise<string[]> {
  const folders = entries.filter((entry) => entry.isDirectory()).slice(0, maxBelow)
  const found = await Promise.all(
    folders.map(async ({ name }) => {
      const inside = await list(join(path, name)).catch(() => [])
      return dockerfilesOf(inside).length > 0 ? [join(path, name)] : []
    }),
  )
  return found.flat()
}
