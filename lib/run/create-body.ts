import { splitCsv } from './mount-syntax.ts'
import { join, optionEffects } from './other-options.ts'
import { readBytes, readDuration } from './quantities.ts'
import { readPortRange } from './port-syntax.ts'
import type { RunMount, RunNetwork, RunPort, RunSpec } from './run-spec.ts'

/** What the Engine is sent to create a container. Source: `POST /containers/create?name=&platform=`. */
export interface CreateBody {
  name: string
  platform: string
  body: Record<string, unknown>
}

/** A spec without problems as the Engine takes it. */
export function toCreateBody(spec: RunSpec): CreateBody {
  const effects = optionEffects(spec.others)
  const body = join(configOf(spec), effects.config)
  body.HostConfig = join(hostConfigOf(spec), effects.host)
  const networks = networksOf(spec)
  if (networks) body.NetworkingConfig = { EndpointsConfig: networks }
  return { name: spec.name, platform: optionOf(spec, 'platform'), body }
}

const optionOf = (spec: RunSpec, name: string): string =>
  spec.others.find((option) => option.name === name)?.value ?? ''

/** Leaves out what is not said, so that the image's or the Engine's own counts. */
function said(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== ''))
}

function configOf(spec: RunSpec): Record<string, unknown> {
  const ports = spec.ports.flatMap(eachPort)
  return said({
    Image: spec.image,
    // An empty text in the list is how the Engine is told to drop the image's own.
    Entrypoint: spec.entrypoint === null ? undefined : [spec.entrypoint],
    Cmd: spec.command.length === 0 ? undefined : spec.command,
    Hostname: spec.hostname,
    User: spec.user,
    WorkingDir: spec.workingDir,
    Tty: spec.hasTty,
    OpenStdin: spec.isInteractive,
    StdinOnce: spec.isInteractive && !spec.isDetached,
    AttachStdin: spec.isInteractive && !spec.isDetached,
    AttachStdout: !spec.isDetached,
    AttachStderr: !spec.isDetached,
    Env: spec.environment.map(({ name, value }) => `${name}=${value}`),
    Labels: Object.fromEntries(spec.labels.map(({ name, value }) => [name, value])),
    ExposedPorts: Object.fromEntries(ports.map(({ inside }) => [inside, {}])),
    Healthcheck: healthOf(spec),
  })
}

function healthOf({ health }: RunSpec): unknown {
  if (health.isOff) return { Test: ['NONE'] }
  const check = said({
    Test: health.command === '' ? undefined : ['CMD-SHELL', health.command],
    Interval: readDuration(health.interval) ?? undefined,
    Timeout: readDuration(health.timeout) ?? undefined,
    StartPeriod: readDuration(health.startPeriod) ?? undefined,
    Retries: health.retries === '' ? undefined : Number(health.retries),
  })
  return Object.keys(check).length === 0 ? undefined : check
}

function hostConfigOf(spec: RunSpec): Record<string, unknown> {
  const [restart, count] = spec.restart.split(':')
  const loose = spec.mounts.filter(({ isStrict, type }) => !isStrict && type !== 'tmpfs')
  return said({
    NetworkMode: spec.networks[0]?.name,
    PortBindings: portBindings(spec.ports),
    PublishAllPorts: spec.publishesAll,
    AutoRemove: spec.isRemovedAtEnd,
    RestartPolicy: restart ? { Name: restart, MaximumRetryCount: Number(count ?? 0) } : undefined,
    Memory: readBytes(spec.memory) ?? undefined,
    NanoCpus: spec.cpus === '' ? undefined : Math.round(Number(spec.cpus) * 1e9),
    PidsLimit: spec.processes === '' ? undefined : Number(spec.processes),
    Init: spec.hasInit || undefined,
    ReadonlyRootfs: spec.isReadOnly,
    Privileged: spec.isPrivileged,
    Binds: loose.filter(({ source }) => source !== '').map(bindOf),
    Mounts: spec.mounts
      .filter(({ isStrict, source, type }) => type !== 'tmpfs' && (isStrict || source === ''))
      .map(mountOf)
      .concat(spec.mounts.filter(({ isStrict, type }) => type === 'tmpfs' && isStrict).map(mountOf)),
    Tmpfs: Object.fromEntries(
      spec.mounts.filter(({ isStrict, type }) => type === 'tmpfs' && !isStrict).map(tmpfsOf),
    ),
  })
}

function eachPort(port: RunPort): { inside: string; hostIp: string; hostPort: string }[] {
  const inside = readPortRange(port.containerPort)
  const outside = readPortRange(port.hostPort)
  if (!inside) return []
  const count = inside.last - inside.first + 1
  return Array.from({ length: count }, (_, index) => ({
    inside: `${inside.first + index}/${port.protocol}`,
    hostIp: port.hostIp,
    // A range outside for one port inside: the Engine picks a free one of it.
    hostPort: outside === null ? '' : count === 1 ? port.hostPort : String(outside.first + index),
  }))
}

function portBindings(ports: readonly RunPort[]): Record<string, { HostIp: string; HostPort: string }[]> {
  const bindings: Record<string, { HostIp: string; HostPort: string }[]> = {}
  for (const { inside, hostIp, hostPort } of ports.flatMap(eachPort))
    (bindings[inside] ??= []).push({ HostIp: hostIp, HostPort: hostPort })
  return bindings
}

function bindOf({ source, target, isReadOnly, options }: RunMount): string {
  const all = [...(isReadOnly ? ['ro'] : []), ...splitCsv(options)].join(',')
  return `${source}:${target}${all === '' ? '' : `:${all}`}`
}

function tmpfsOf({ target, isReadOnly, options }: RunMount): [string, string] {
  return [target, [...(isReadOnly ? ['ro'] : []), ...splitCsv(options)].join(',')]
}

function mountOf({ type, source, target, isReadOnly, options }: RunMount): Record<string, unknown> {
  const values = new Map<string, string>()
  const driverOptions: Record<string, string> = {}
  for (const option of splitCsv(options)) {
    const equals = option.indexOf('=')
    const key = equals < 0 ? option : option.slice(0, equals)
    const value = equals < 0 ? 'true' : option.slice(equals + 1)
    if (key === 'volume-opt') {
      const [name = '', ...rest] = value.split('=')
      driverOptions[name] = rest.join('=')
    } else values.set(key, value)
  }
  const driver = values.get('volume-driver')
  const volume = said({
    NoCopy: values.has('volume-nocopy') ? values.get('volume-nocopy') !== 'false' : undefined,
    Subpath: values.get('volume-subpath'),
    DriverConfig:
      driver === undefined && Object.keys(driverOptions).length === 0
        ? undefined
        : said({ Name: driver, Options: driverOptions }),
  })
  const mode = values.get('tmpfs-mode')
  return said({
    Type: type,
    Source: source,
    Target: target,
    ReadOnly: isReadOnly,
    Consistency: values.get('consistency'),
    BindOptions: type === 'bind' ? said({ Propagation: values.get('bind-propagation') }) : undefined,
    VolumeOptions: type === 'volume' ? volume : undefined,
    TmpfsOptions:
      type === 'tmpfs'
        ? said({
            SizeBytes: readBytes(values.get('tmpfs-size') ?? '') ?? undefined,
            Mode: mode === undefined ? undefined : Number.parseInt(mode, 8),
          })
        : undefined,
  })
}

/** Endpoints by network; undefined for the Engine's own choice and for its own modes, which take none. */
function networksOf(spec: RunSpec): Record<string, unknown> | undefined {
  const ip6 = optionOf(spec, 'ip6')
  const endpoints = spec.networks
    .filter(({ name }) => !/^(?:host|none|default|container:.+)$/.test(name))
    .map((network, index) => [network.name, endpointOf(network, index === 0 ? ip6 : '')] as const)
  return endpoints.length === 0 ? undefined : Object.fromEntries(endpoints)
}

function endpointOf({ aliases, ip }: RunNetwork, ip6: string): Record<string, unknown> {
  const address = said({ IPv4Address: ip, IPv6Address: ip6 })
  return said({
    Aliases: aliases.length === 0 ? undefined : aliases,
    IPAMConfig: Object.keys(address).length === 0 ? undefined : address,
  })
}
