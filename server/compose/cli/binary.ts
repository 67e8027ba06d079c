import 'server-only'
import { execFile } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { CodedError } from '#lib/api/errors'
import { processWide } from '#server/process-wide'

/** The Compose that runs everything: the plugin's own program, called without the docker client around it. */
export interface ComposeBinary {
  path: string
  /** As it says it, e.g. `2.40.3`. */
  version: string
}

const execute = promisify(execFile)

// Where docker looks for plugins (cli-plugins/manager), a person's own first; then a program of that name.
const pluginDirs = [
  join(homedir(), '.docker/cli-plugins'),
  '/usr/local/lib/docker/cli-plugins',
  '/usr/local/libexec/docker/cli-plugins',
  '/usr/lib/docker/cli-plugins',
  '/usr/libexec/docker/cli-plugins',
  '/Applications/Docker.app/Contents/Resources/cli-plugins',
]

/** Folders that may hold more plugins of the docker client (buildx), for a client that gets another home. */
export const pluginFolders: readonly string[] = pluginDirs

/** Finds Compose 2 or newer, once; looks again while there is none. Throws `compose_missing`. */
export async function findCompose(): Promise<ComposeBinary> {
  const found = processWide('compose.binary', () => ({ binary: null as ComposeBinary | null }))
  found.binary ??= await search()
  if (found.binary) return found.binary
  throw new CodedError('compose_missing', 'Docker Compose 2 is not installed where Composure runs.', {
    hint: 'Install the package docker-compose-plugin (docker compose version tells whether it is there), then try again.',
  })
}

async function search(): Promise<ComposeBinary | null> {
  const paths = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  for (const folder of [...pluginDirs, ...paths]) {
    const path = join(folder, 'docker-compose')
    const version = isProgram(path) ? await readVersion(path) : null
    if (version !== null) return { path, version }
  }
  return null
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Null for what is not Compose, or is version 1. */
async function readVersion(path: string): Promise<string | null> {
  try {
    const { stdout } = await execute(path, ['version', '--short'], { timeout: 10_000, env: emptyEnv() })
    const version = /^v?(\d+)\.(\d+\.\d+)/.exec(stdout.trim())
    return version && Number(version[1]) >= 2 ? `${version[1]}.${version[2]}` : null
  } catch {
    return null
  }
}

const emptyEnv = (): NodeJS.ProcessEnv => ({ PATH: process.env.PATH ?? '' }) as unknown as NodeJS.ProcessEnv
