import type { ComposeAction } from './request.ts'

/** What Compose is pointed at: paths are absolute, as the Engine's machine has them. */
export interface ComposeTarget {
  /** Empty: as the files or the folder name it. */
  project: string
  workingDir: string
  configFiles: readonly string[]
  /** Of `--env-file`; empty means the folder's own `.env`. */
  envFiles: readonly string[]
}

/** The arguments behind `docker compose` that choose the project, its files and its profiles. */
export function targetArguments(target: ComposeTarget, profiles: readonly string[] = []): string[] {
  return [
    ...(target.project === '' ? [] : ['--project-name', target.project]),
    '--project-directory',
    target.workingDir,
    ...target.configFiles.flatMap((file) => ['--file', file]),
    ...target.envFiles.flatMap((file) => ['--env-file', file]),
    ...profiles.flatMap((profile) => ['--profile', profile]),
  ]
}

/** The arguments of an action, the verb first. Names come behind `--`, so that none is read as an option. */
export function actionArguments(action: ComposeAction): string[] {
  switch (action.verb) {
    case 'up':
      return [
        'up',
        '--detach',
        ...flag('--build', action.isBuilt),
        ...(action.isPulled ? ['--pull', 'always'] : []),
        ...flag('--force-recreate', action.isForced),
        ...flag('--no-deps', action.isAlone),
        ...flag('--remove-orphans', action.withOrphans),
        ...flag('--wait', action.isWaiting),
        ...Object.entries(action.scale).flatMap(([service, count]) => ['--scale', `${service}=${count}`]),
        ...names(action.services),
      ]
    case 'down':
      return [
        'down',
        ...flag('--volumes', action.withVolumes),
        ...(action.images === 'keep' ? [] : ['--rmi', action.images]),
        ...flag('--remove-orphans', action.withOrphans),
      ]
    case 'pull':
      return ['pull', ...names(action.services)]
    case 'build':
      return [
        'build',
        ...flag('--no-cache', action.isUncached),
        ...flag('--pull', action.isPulled),
        ...names(action.services),
      ]
    case 'run':
      return [
        'run',
        '--rm',
        '-T',
        ...flag('--no-deps', action.isAlone),
        '--',
        action.service,
        ...action.command,
      ]
    default:
      return action satisfies never
  }
}

/** The command a person would type for it, program first. */
export function composeCommand(target: ComposeTarget, action: ComposeAction): string[] {
  const profiles = 'profiles' in action ? action.profiles : []
  const [verb = '', ...rest] = actionArguments(action).map((argument) => short[argument] ?? argument)
  return ['docker', 'compose', ...shortTarget(target, profiles), verb, ...withoutNeedlessDashes(rest)]
}

/** Removes what a `down` from inside its own project leaves: a stopped container and its network, which labels tell without the files. */
export function finishDown(project: string): string[] {
  return ['docker', 'compose', '-p', project, 'down']
}

const short: Readonly<Record<string, string>> = { '--detach': '-d' }

/** As little as leads to the same project: a first file in the project's folder says the folder. */
function shortTarget(target: ComposeTarget, profiles: readonly string[]): string[] {
  const [first = ''] = target.configFiles
  const isInFolder = first.slice(0, first.lastIndexOf('/')) === target.workingDir
  return [
    '-p',
    target.project,
    ...(isInFolder ? [] : ['--project-directory', target.workingDir]),
    ...target.configFiles.flatMap((file) => ['-f', file]),
    ...target.envFiles.flatMap((file) => ['--env-file', file]),
    ...profiles.flatMap((profile) => ['--profile', profile]),
  ]
}

/** The `--` is only needed before a name that looks like an option. */
function withoutNeedlessDashes(rest: readonly string[]): string[] {
  const at = rest.indexOf('--')
  const isNeeded = rest.slice(at + 1).some((name) => name.startsWith('-'))
  return at < 0 || isNeeded ? [...rest] : [...rest.slice(0, at), ...rest.slice(at + 1)]
}

const flag = (name: string, isSet: boolean): string[] => (isSet ? [name] : [])
const names = (services: readonly string[]): string[] => (services.length > 0 ? ['--', ...services] : [])
