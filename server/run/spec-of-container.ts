import 'server-only'
import type { ContainerInspectInfo, ImageInspectInfo } from 'dockerode'
import { errorCode } from '#lib/api/errors'
import { printBytes, printDuration } from '#lib/run/quantities'
import type { Pair, RunNetwork, RunPort, RunSpec } from '#lib/run/run-spec'
import { emptyRunSpec } from '#lib/run/empty-run-spec'
import type { ContainerCopy, CopyKind } from '#lib/run/container-copy'
import { callEngine } from '#server/engine/client/client'
import { inspectContainer, toContainer } from '#server/engine/containers/containers'
import { copiedMounts, isAnonymous } from './copied-mounts.ts'
import { copiedOptions, type EngineDefaults } from './copied-options.ts'
import type { RawConfig, RawHealth, RawHost } from './raw-container.ts'

/**
 * The `docker run` that would make this container again, with its secrets: what the image says by itself is left out. `duplicate` leaves out
 * what only one can have (name, address, host ports stay for the person to change) and what belongs to Compose; `recreate` keeps its
 * volumes without a name. Throws `container_not_found`.
 */
export async function specOfContainer(id: string, kind: CopyKind): Promise<ContainerCopy> {
  const raw = await inspectContainer(id)
  const image = await inspectImage(raw.Image)
  const container = toContainer(raw)
  const spec = toSpec(raw, image, kind, await engineDefaults())
  return {
    id: raw.Id,
    name: container.name,
    spec,
    isRunning:
      container.state === 'running' || container.state === 'paused' || container.state === 'restarting',
    compose: container.compose
      ? { project: container.compose.project, service: container.compose.service }
      : null,
    anonymousVolumes: container.mounts
      .filter(({ type, name }) => type === 'volume' && isAnonymous(name))
      .map(({ name, destination }) => ({ name, target: destination })),
  }
}

async function engineDefaults(): Promise<EngineDefaults> {
  // dockerode types the answer as any.
  const info = (await callEngine((docker) => docker.info())) as { CgroupVersion?: string }
  return { cgroupns: info.CgroupVersion === '1' ? 'host' : 'private' }
}

/** The image a container was made from; null when it was removed since. */
async function inspectImage(id: string): Promise<ImageInspectInfo | null> {
  try {
    return await callEngine((docker) => docker.getImage(id).inspect(), { noun: 'image' })
  } catch (error) {
    if (errorCode(error) === 'image_not_found') return null
    throw error
  }
}

const list = (value: string | string[] | null | undefined): string[] =>
  value === null || value === undefined ? [] : typeof value === 'string' ? [value] : value
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

function toSpec(
  raw: ContainerInspectInfo,
  image: ImageInspectInfo | null,
  kind: CopyKind,
  engine: EngineDefaults,
): RunSpec {
  const config: RawConfig = raw.Config
  const base = (image?.Config ?? {}) as Partial<RawConfig>
  const host = raw.HostConfig as RawHost
  return {
    ...structuredClone(emptyRunSpec),
    image: config.Image,
    name: kind === 'recreate' ? raw.Name.replace(/^\//, '') : '',
    ...commandOf(config, base),
    isInteractive: config.OpenStdin,
    hasTty: config.Tty,
    isRemovedAtEnd: host.AutoRemove ?? false,
    ports: portsOf(host),
    publishesAll: Boolean(host.PublishAllPorts),
    environment: pairsBeyond(list(config.Env), list(base.Env)),
    mounts: copiedMounts(raw, kind),
    networks: networksOf(raw, kind),
    restart: restartOf(host),
    memory: host.Memory ? printBytes(host.Memory) : '',
    cpus: host.NanoCpus ? String(host.NanoCpus / 1e9) : '',
    processes: host.PidsLimit ? String(host.PidsLimit) : '',
    user: config.User === (base.User ?? '') ? '' : config.User,
    workingDir: config.WorkingDir === (base.WorkingDir ?? '') ? '' : config.WorkingDir,
    hostname: config.Hostname === raw.Id.slice(0, 12) || host.NetworkMode === 'host' ? '' : config.Hostname,
    labels: labelsOf(config.Labels, base.Labels, kind),
    hasInit: host.Init ?? false,
    isReadOnly: host.ReadonlyRootfs ?? false,
    isPrivileged: host.Privileged ?? false,
    health: healthOf(config.Healthcheck, base.Healthcheck),
    others: copiedOptions(config, base, host, engine),
  }
}

/** `docker run` takes one word of an entrypoint: the others go in front of the command. */
function commandOf(config: RawConfig, base: Partial<RawConfig>): Pick<RunSpec, 'entrypoint' | 'command'> {
  const [entrypoint, command] = [list(config.Entrypoint), list(config.Cmd)]
  if (same(entrypoint, list(base.Entrypoint)))
    return { entrypoint: null, command: same(command, list(base.Cmd)) ? [] : command }
  const [first = '', ...rest] = entrypoint
  return { entrypoint: first, command: [...rest, ...command] }
}

function portsOf(host: RawHost): RunPort[] {
  const bindings = (host.PortBindings ?? {}) as Record<
    string,
    { HostIp?: string; HostPort?: string }[] | null
  >
  return Object.entries(bindings).flatMap(([inside, outsides]) => {
    const [containerPort = '', protocol] = inside.split('/')
    return (outsides ?? []).map((outside) => ({
      hostIp: outside.HostIp ?? '',
      hostPort: outside.HostPort === '0' ? '' : (outside.HostPort ?? ''),
      containerPort,
      protocol: protocol === 'udp' || protocol === 'sctp' ? protocol : ('tcp' as const),
    }))
  })
}

function toPair(text: string): Pair {
  const equals = text.indexOf('=')
  return { name: equals < 0 ? text : text.slice(0, equals), value: equals < 0 ? '' : text.slice(equals + 1) }
}

/** What a container has beyond its image. */
function pairsBeyond(own: readonly string[], base: readonly string[]): Pair[] {
  return own.filter((entry) => !base.includes(entry)).map(toPair)
}

function labelsOf(
  own: Record<string, string> | undefined,
  base: Record<string, string> | undefined,
  kind: CopyKind,
): Pair[] {
  return (
    Object.entries(own ?? {})
      .filter(([name, value]) => base?.[name] !== value)
      // A copy with Compose's labels would be a stray of its project.
      .filter(([name]) => kind === 'recreate' || !name.startsWith('com.docker.compose.'))
      .map(([name, value]) => ({ name, value }))
  )
}

function networksOf(raw: ContainerInspectInfo, kind: CopyKind): RunNetwork[] {
  const mode = raw.HostConfig.NetworkMode ?? ''
  if (/^(?:host|none|container:.+)$/.test(mode)) return [{ name: mode, aliases: [], ip: '' }]
  const names = Object.keys(raw.NetworkSettings.Networks)
  const ordered = [...names.filter((name) => name === mode), ...names.filter((name) => name !== mode)]
  if (ordered.length === 1 && (ordered[0] === 'bridge' || ordered[0] === 'default')) return []
  return ordered.map((name) => {
    const network = raw.NetworkSettings.Networks[name] as
      | { Aliases?: string[] | null; IPAMConfig?: { IPv4Address?: string } | null }
      | undefined
    const own = [raw.Id.slice(0, 12), raw.Name.replace(/^\//, '')]
    const aliases = (network?.Aliases ?? []).filter((alias) => !own.includes(alias))
    return {
      name,
      // Two containers under one name would share its traffic.
      aliases: kind === 'recreate' && name !== 'bridge' ? aliases : [],
      ip: kind === 'recreate' ? (network?.IPAMConfig?.IPv4Address ?? '') : '',
    }
  })
}

function restartOf(host: RawHost): string {
  const policy = host.RestartPolicy
  if (!policy?.Name || policy.Name === 'no') return ''
  return policy.MaximumRetryCount ? `${policy.Name}:${policy.MaximumRetryCount}` : policy.Name
}

function healthOf(own: RawHealth | null | undefined, base: RawHealth | null | undefined): RunSpec['health'] {
  const none = structuredClone(emptyRunSpec.health)
  if (!own || same(own, base)) return none
  if (own.Test?.[0] === 'NONE') return { ...none, isOff: true }
  const [form, ...words] = own.Test ?? []
  return {
    command: same(own.Test, base?.Test)
      ? ''
      : form === 'CMD-SHELL'
        ? (words[0] ?? '')
        : words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' '),
    interval: own.Interval && own.Interval !== base?.Interval ? printDuration(own.Interval) : '',
    timeout: own.Timeout && own.Timeout !== base?.Timeout ? printDuration(own.Timeout) : '',
    startPeriod:
      own.StartPeriod && own.StartPeriod !== base?.StartPeriod ? printDuration(own.StartPeriod) : '',
    retries: own.Retries && own.Retries !== base?.Retries ? String(own.Retries) : '',
    isOff: false,
  }
}
