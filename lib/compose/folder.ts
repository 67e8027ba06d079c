/** Why this cannot be a path of this machine as Composure takes it, or null. */
export function pathProblem(path: string): string | null {
  if (path === '') return 'Say which folder.'
  if (!path.startsWith('/')) return 'Give the whole path, from / on.'
  if (/[\0\n\r]/.test(path)) return 'A path has no line ends in it.'
  return path.split('/').includes('..') ? 'Give the path without "..".' : null
}

/** What Compose would find in a folder. */
export interface ComposeFolder {
  path: string
  /** The name Compose gives the project; empty when the files cannot be read as they are. */
  project: string
  /** The files Compose takes by itself, in its order: those `COMPOSE_FILE` in `.env` names, else `compose.yaml` and its override. */
  defaultFiles: string[]
  /** Environment files to name with them; empty where Compose reads `.env` by itself. */
  defaultEnvFiles: string[]
  /** True when `COMPOSE_FILE` in `.env` says which files. */
  isNamedByEnv: boolean
  /** Those, and every file here that looks like one of Compose. */
  files: string[]
  envFiles: string[]
  services: string[]
  /** Why Compose does not take the files, or null. */
  problem: { message: string; hint?: string } | null
  /** Folders right below with compose files of their own. */
  below: string[]
}

/** A project Composure remembers, whether it runs or not. */
export interface RememberedProject {
  project: string
  workingDir: string
  configFiles: string[]
  envFiles: string[]
}

const firstNames = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml']
const overrideNames = [
  'compose.override.yaml',
  'compose.override.yml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
]

/** The files Compose takes in a folder when it is told nothing. Source: compose-go `cli.DefaultFileNames`, `DefaultOverrideFileNames`. */
export function defaultFileNames(names: readonly string[]): string[] {
  const first = firstNames.find((name) => names.includes(name))
  if (first === undefined) return []
  const override = overrideNames.find((name) => names.includes(name))
  return override === undefined ? [first] : [first, override]
}

/** The folder Compose takes the paths of a project from: that of its first file. */
export function projectFolder([first]: readonly string[], folder: string): string {
  return first === undefined ? folder : first.slice(0, Math.max(1, first.lastIndexOf('/')))
}

/** True for names people give to compose files: the defaults, and `compose.prod.yaml` or `docker-compose-dev.yml`. */
export function isComposeFileName(name: string): boolean {
  return /^(?:docker-)?compose[a-zA-Z0-9._-]*\.ya?ml$/.test(name)
}

/** True for `.env`, `.env.production` and `production.env`. */
export function isEnvFileName(name: string): boolean {
  return /^\.env(?:\..+)?$|\.env$/.test(name) && !/example|sample|template/.test(name)
}
