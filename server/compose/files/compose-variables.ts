import 'server-only'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { ComposeTarget } from '#lib/compose/arguments'
import { askCompose } from '#server/compose/cli/run'
import { currentEnv } from '#server/env'

type Place = Pick<ComposeTarget, 'workingDir' | 'envFiles'>

/** What `COMPOSE_FILE` of a folder's `.env` points Compose at. */
export interface NamedFiles {
  /** Of the first file, where Compose takes paths from. */
  workingDir: string
  configFiles: string[]
  /** To be named, where Compose would no longer find them: the folder's own wins over the one beside the first file. */
  envFiles: string[]
}

/** The files that `.env` names in place of the default ones, or null when it names none. Relative ones begin at the folder, as in a terminal there. */
export async function namedFiles(folder: string): Promise<NamedFiles | null> {
  const variables = await variablesOf({ workingDir: folder, envFiles: [] }, 'COMPOSE_FILE')
  const separator = variables.get('COMPOSE_PATH_SEPARATOR') || ':'
  const files = (variables.get('COMPOSE_FILE') ?? '').split(separator).filter(Boolean)
  const [first, ...rest] = files.map((file) => resolve(folder, file))
  if (first === undefined) return null
  const workingDir = dirname(first)
  const beside = join(workingDir, '.env')
  return {
    workingDir,
    configFiles: [first, ...rest],
    envFiles: workingDir === folder ? [] : [...(textOf(beside) === '' ? [] : [beside]), join(folder, '.env')],
  }
}

/** The profiles Compose takes when none is chosen: `COMPOSE_PROFILES` of the project's environment files. */
export async function namedProfiles(place: Place): Promise<string[]> {
  const variables = await variablesOf(place, 'COMPOSE_PROFILES')
  return (variables.get('COMPOSE_PROFILES') ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
}

/** The variables as Compose reads the files, references resolved; empty when no file speaks of the one that is wanted. */
async function variablesOf(place: Place, wanted: string): Promise<Map<string, string>> {
  const files = place.envFiles.length > 0 ? place.envFiles : ['.env']
  if (!files.some((file) => textOf(resolve(place.workingDir, file)).includes(wanted))) return new Map()
  const target = { ...place, project: '', configFiles: [emptyProject()] }
  const { stdout } = await askCompose(target, ['config', '--environment'])
  return new Map(
    stdout.split('\n').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  )
}

/** A project with nothing in it, so that the files of the real one need not be right for their variables to be read. */
function emptyProject(): string {
  const folder = join(currentEnv().dataDir, 'compose')
  const file = join(folder, 'empty.yaml')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(/* turbopackIgnore: true */ file, 'services: {}\n')
  return file
}

function textOf(file: string): string {
  try {
    return readFileSync(/* turbopackIgnore: true */ file, 'utf8')
  } catch {
    return ''
  }
}
