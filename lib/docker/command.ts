import type { ContainerAction } from './containers/container.ts'

export { formatCommand } from './shell-quote.ts'

/** A docker command line as arguments, the program first. Shown and copied, never run. */
export type Command = readonly string[]

/** Names after the options; `--` before them where one could be read as an option. */
function names(list: readonly string[]): string[] {
  return list.some((name) => name.startsWith('-')) ? ['--', ...list] : [...list]
}

const docker = (...argv: string[]): Command => ['docker', ...argv]

/** A container for a moment, with these mounts, to run one program in. */
function volumeShell(...mounts: string[]): Command {
  return docker('run', '--rm', ...mounts.flatMap((mount) => ['-v', mount]), 'busybox')
}

/** The options of a logs page that change the command. */
export interface LogsOptions {
  isFollowing?: boolean
  /** Lines from the end. */
  tail?: number
  /** As docker takes it: `15m`, or RFC 3339. */
  since?: string
  until?: string
  hasTimestamps?: boolean
}

function logsArguments(options: LogsOptions): string[] {
  return [
    ...(options.isFollowing ? ['-f'] : []),
    ...(options.hasTimestamps ? ['-t'] : []),
    ...(options.tail === undefined ? [] : ['-n', String(options.tail)]),
    ...(options.since ? ['--since', options.since] : []),
    ...(options.until ? ['--until', options.until] : []),
  ]
}

/** The docker command each page and action equals, as the docker CLI spells it. */
export const command = {
  ps: (filters: readonly string[] = []) =>
    docker('ps', '-a', ...filters.flatMap((filter) => ['--filter', filter])),
  /** Just this one: the filter is a pattern that would take `app-1` for `app-10` too. */
  psOne: (container: string) => docker('ps', '-a', '--filter', `name=^${container.replaceAll('.', '\\.')}$`),
  act: (action: ContainerAction, containers: readonly string[]) => docker(action, ...names(containers)),
  rm: (containers: readonly string[], options: { isForced?: boolean; withVolumes?: boolean } = {}) =>
    docker(
      'rm',
      ...(options.isForced ? ['-f'] : []),
      ...(options.withVolumes ? ['-v'] : []),
      ...names(containers),
    ),
  rename: (container: string, name: string) => docker('rename', ...names([container, name])),
  logs: (container: string, options: LogsOptions = { isFollowing: true }) =>
    docker('logs', ...logsArguments(options), ...names([container])),
  attach: (container: string) => docker('attach', ...names([container])),
  exec: (container: string, shell = 'sh', options: { user?: string; workingDir?: string } = {}) =>
    docker(
      'exec',
      '-it',
      ...(options.user ? ['-u', options.user] : []),
      ...(options.workingDir ? ['-w', options.workingDir] : []),
      ...names([container]),
      shell,
    ),
  inspect: (container: string, format?: string) =>
    docker('inspect', ...(format ? ['--format', format] : []), ...names([container])),
  stats: (containers: readonly string[]) => docker('stats', ...names(containers)),
  top: (container: string) => docker('top', ...names([container])),
  diff: (container: string) => docker('diff', ...names([container])),
  copyOut: (container: string, path: string) => docker('cp', `${container}:${path}`, '.'),
  copyIn: (file: string, container: string, folder: string) => docker('cp', file, `${container}:${folder}`),
  port: (container: string) => docker('port', ...names([container])),

  images: () => docker('images'),
  imageInspect: (image: string) => docker('image', 'inspect', ...names([image])),
  imageHistory: (image: string) => docker('history', '--no-trunc', ...names([image])),
  tag: (source: string, target: string) => docker('tag', ...names([source, target])),
  pull: (reference: string) => docker('pull', ...names([reference])),
  rmi: (images: readonly string[], options: { isForced?: boolean } = {}) =>
    docker('rmi', ...(options.isForced ? ['-f'] : []), ...names(images)),

  networks: () => docker('network', 'ls'),
  networkInspect: (network: string) => docker('network', 'inspect', ...names([network])),
  networkCreate: (
    network: string,
    options: {
      driver?: string
      subnet?: string
      gateway?: string
      isInternal?: boolean
      isAttachable?: boolean
      /** Driver options: `parent` of a macvlan. */
      options?: Readonly<Record<string, string>>
    } = {},
  ) =>
    docker(
      'network',
      'create',
      ...(options.driver ? ['--driver', options.driver] : []),
      ...(options.subnet ? ['--subnet', options.subnet] : []),
      ...(options.gateway ? ['--gateway', options.gateway] : []),
      ...(options.isInternal ? ['--internal'] : []),
      ...(options.isAttachable ? ['--attachable'] : []),
      ...Object.entries(options.options ?? {}).flatMap(([key, value]) => ['--opt', `${key}=${value}`]),
      ...names([network]),
    ),
  networkRm: (networks: readonly string[]) => docker('network', 'rm', ...names(networks)),
  networkConnect: (
    network: string,
    container: string,
    options: { aliases?: readonly string[]; ip?: string } = {},
  ) =>
    docker(
      'network',
      'connect',
      ...(options.aliases ?? []).flatMap((alias) => ['--alias', alias]),
      ...(options.ip ? ['--ip', options.ip] : []),
      ...names([network, container]),
    ),
  networkDisconnect: (network: string, container: string, options: { isForced?: boolean } = {}) =>
    docker('network', 'disconnect', ...(options.isForced ? ['-f'] : []), ...names([network, container])),

  volumes: () => docker('volume', 'ls'),
  volumeInspect: (volume: string) => docker('volume', 'inspect', ...names([volume])),
  volumeCreate: (
    volume: string,
    options: { driver?: string; labels?: Readonly<Record<string, string>> } = {},
  ) =>
    docker(
      'volume',
      'create',
      ...(options.driver ? ['--driver', options.driver] : []),
      ...Object.entries(options.labels ?? {}).flatMap(([key, value]) => ['--label', `${key}=${value}`]),
      ...names([volume]),
    ),
  /** A volume is looked into through a container that mounts it. */
  volumeList: (volume: string, path: string) =>
    [...volumeShell(`${volume}:/volume:ro`), 'ls', '-la', `/volume${path}`] as Command,
  volumeRead: (volume: string, path: string) =>
    [...volumeShell(`${volume}:/volume:ro`), 'cat', `/volume${path}`] as Command,
  /** A small program on a volume, as root of a container that has nothing else. */
  toolOnVolume: (volume: string, argv: readonly string[]) =>
    [...volumeShell(`${volume}:/volume`), ...argv] as Command,
  /** A small program in a container, as root. */
  toolIn: (container: string, argv: readonly string[]) =>
    docker('exec', '-u', '0', ...names([container]), ...argv),
  volumeBackup: (volume: string) =>
    [
      ...volumeShell(`${volume}:/volume:ro`, '/backup:/backup'),
      'tar',
      '-cf',
      `/backup/${volume}.tar`,
      '-C',
      '/volume',
      '.',
    ] as Command,
  volumeRestore: (volume: string, file: string) =>
    [
      ...volumeShell(`${volume}:/volume`, '/backup:/backup:ro'),
      'tar',
      '-xf',
      `/backup/${file}`,
      '-C',
      '/volume',
    ] as Command,
  volumeRm: (volumes: readonly string[]) => docker('volume', 'rm', ...names(volumes)),

  composeList: () => docker('compose', 'ls', '-a'),
  composePs: (project: string) => docker('compose', '-p', project, 'ps', '-a'),
  composeAct: (
    project: string,
    action: 'start' | 'stop' | 'restart' | 'pause' | 'unpause' | 'kill',
    services: readonly string[] = [],
  ) => docker('compose', '-p', project, action, ...names(services)),
  composeLogs: (
    project: string,
    services: readonly string[] = [],
    options: LogsOptions = { isFollowing: true },
  ) => docker('compose', '-p', project, 'logs', ...logsArguments(options), ...names(services)),

  events: () => docker('events'),
  info: () => docker('info'),
  diskUsage: () => docker('system', 'df'),
} as const
