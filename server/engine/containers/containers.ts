import 'server-only'
import type { ContainerInfo, ContainerInspectInfo } from 'dockerode'
import { readComposeLabels } from '#lib/docker/projects/compose-labels'
import type {
  Container,
  ContainerHealth,
  ContainerMount,
  ContainerNetwork,
  ContainerState,
  PortBinding,
} from '#lib/docker/containers/container'
import { secretValues } from '#lib/docker/secrets/mask-document'
import { maskCommand, maskKnownValues } from '#lib/docker/secrets/secret-text'
import { callEngine } from '../client/client.ts'
import { helperLabel } from '../helper-label.ts'
import { rememberSecrets } from '../known-secrets.ts'
import { epochMs } from '../client/times.ts'

/** All containers, as far as the list tells (`isInspected` false). Source: `GET /containers/json?all=1`. */
export async function listContainers(options: { evenIfAway?: boolean } = {}): Promise<Container[]> {
  const rows = await callEngine((docker) => docker.listContainers({ all: true }), options)
  return rows.filter(({ Labels }) => Labels?.[helperLabel] === undefined).map(toContainerRow)
}

/** One container in full. Source: `GET /containers/{id}/json`. Throws `container_not_found`. */
export async function readContainer(id: string): Promise<Container> {
  return toContainer(await inspectContainer(id))
}

/** The Engine's own answer for one container: unmasked, so it must not leave the server as it is. Throws `container_not_found`. */
export async function inspectContainer(id: string): Promise<ContainerInspectInfo> {
  const raw = await callEngine((docker) => docker.getContainer(id).inspect(), { noun: 'container' })
  rememberSecrets(secretValues(raw.Config.Env ?? [], raw.Config.Labels ?? {}))
  return raw
}

/** A row of the list: exit code, times, health and restarts are not known yet. */
export function toContainerRow(raw: ContainerInfo): Container {
  return {
    id: raw.Id,
    name: ownName(raw.Names ?? []) || raw.Id.slice(0, 12),
    image: raw.Image,
    imageId: raw.ImageID,
    state: readState(raw.State),
    health: 'none',
    exitCode: null,
    isOutOfMemory: false,
    startError: '',
    createdAtMs: raw.Created * 1000,
    startedAtMs: null,
    finishedAtMs: null,
    restartCount: 0,
    restartPolicy: 'no',
    hasTty: false,
    ports: (raw.Ports ?? [])
      .map((port) => ({
        containerPort: port.PrivatePort,
        protocol: readProtocol(port.Type),
        hostPort: port.PublicPort ?? null,
        hostIp: port.IP ?? '',
      }))
      .sort(byPort),
    networks: readNetworks(raw.NetworkSettings?.Networks, ''),
    mounts: readMounts(raw.Mounts),
    compose: readComposeLabels(raw.Labels ?? {}),
    isInspected: false,
  }
}

/** Everything the model keeps of a container, from its inspect answer alone. */
export function toContainer(raw: ContainerInspectInfo): Container {
  const state = readState(raw.State.Status)
  const isRunning = state === 'running' || state === 'paused'
  const finishedAtMs = epochMs(raw.State.FinishedAt)
  const hasEnded = !isRunning && (finishedAtMs !== null || raw.State.ExitCode !== 0)
  const name = raw.Name.replace(/^\//, '')
  return {
    id: raw.Id,
    name,
    image: raw.Config.Image,
    imageId: raw.Image,
    state,
    health: readHealth(raw.State.Health?.Status),
    exitCode: hasEnded ? raw.State.ExitCode : null,
    isOutOfMemory: raw.State.OOMKilled,
    startError: maskKnownValues(
      maskCommand(raw.State.Error ?? ''),
      secretValues(raw.Config.Env ?? [], raw.Config.Labels ?? {}),
    ),
    createdAtMs: epochMs(raw.Created) ?? 0,
    startedAtMs: epochMs(raw.State.StartedAt),
    finishedAtMs,
    restartCount: raw.RestartCount,
    restartPolicy: readRestartPolicy(raw.HostConfig.RestartPolicy?.Name),
    hasTty: raw.Config.Tty,
    ports: readPorts(raw),
    networks: readNetworks(raw.NetworkSettings.Networks, name),
    mounts: readMounts(raw.Mounts),
    compose: readComposeLabels(raw.Config.Labels ?? {}),
    isInspected: true,
  }
}

// `--link` adds names such as /web/db; the container's own name has one slash.
function ownName(names: string[]): string {
  const own = names.find((name) => name.lastIndexOf('/') === 0) ?? names[0] ?? ''
  return own.replace(/^\//, '')
}

function readState(text: string): ContainerState {
  switch (text) {
    case 'created':
    case 'running':
    case 'paused':
    case 'restarting':
    case 'removing':
    case 'exited':
    case 'dead':
      return text
    default:
      return 'dead'
  }
}

function readHealth(text: string | undefined): ContainerHealth {
  return text === 'starting' || text === 'healthy' || text === 'unhealthy' ? text : 'none'
}

function readRestartPolicy(text: string | undefined): Container['restartPolicy'] {
  return text === 'always' || text === 'on-failure' || text === 'unless-stopped' ? text : 'no'
}

function readProtocol(text: string | undefined): PortBinding['protocol'] {
  return text === 'udp' || text === 'sctp' ? text : 'tcp'
}

function readPorts(raw: ContainerInspectInfo): PortBinding[] {
  return Object.entries(raw.NetworkSettings.Ports ?? {})
    .flatMap(([key, bindings]): PortBinding[] => {
      const [port = '', protocol] = key.split('/')
      const exposed = { containerPort: Number(port), protocol: readProtocol(protocol) }
      // The Engine says null for a port that is exposed only; its type does not know.
      if (!bindings || bindings.length === 0) return [{ ...exposed, hostPort: null, hostIp: '' }]
      return bindings.map((binding) => ({
        ...exposed,
        hostPort: Number(binding.HostPort) || null,
        hostIp: binding.HostIp,
      }))
    })
    .sort(byPort)
}

function byPort(a: PortBinding, b: PortBinding): number {
  return (
    a.containerPort - b.containerPort ||
    a.protocol.localeCompare(b.protocol) ||
    (a.hostPort ?? 0) - (b.hostPort ?? 0) ||
    a.hostIp.localeCompare(b.hostIp)
  )
}

interface RawNetwork {
  NetworkID: string
  IPAddress?: string
  GlobalIPv6Address?: string
  MacAddress?: string
  Aliases?: unknown
  DNSNames?: unknown
}

function readNetworks(
  raw: Record<string, RawNetwork> | undefined,
  containerName: string,
): ContainerNetwork[] {
  return Object.entries(raw ?? {})
    .map(([name, network]) => ({
      networkId: network.NetworkID,
      name,
      ipAddress: network.IPAddress ?? '',
      ipv6Address: network.GlobalIPv6Address ?? '',
      macAddress: network.MacAddress ?? '',
      dnsNames: readDnsNames(name, network, containerName),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

function readDnsNames(networkName: string, network: RawNetwork, containerName: string): string[] {
  // The Engine's own three networks have no name server.
  if (networkName === 'bridge' || networkName === 'host' || networkName === 'none') return []
  const aliases = Array.isArray(network.Aliases) ? network.Aliases : []
  // Before API 1.44 there is no DNSNames, and the name itself resolves too.
  const names = Array.isArray(network.DNSNames) ? network.DNSNames : [containerName, ...aliases]
  return [...new Set(names.filter((name): name is string => typeof name === 'string' && name !== ''))]
}

function readMounts(
  raw: ContainerInspectInfo['Mounts'] | ContainerInfo['Mounts'] | undefined,
): ContainerMount[] {
  return (raw ?? [])
    .map((mount) => ({
      type: readMountType(mount.Type),
      name: mount.Name ?? '',
      source: mount.Source ?? '',
      destination: mount.Destination,
      isReadOnly: !mount.RW,
    }))
    .sort((a, b) => (a.destination < b.destination ? -1 : 1))
}

function readMountType(text: string): ContainerMount['type'] {
  switch (text) {
    case 'volume':
    case 'tmpfs':
    case 'npipe':
    case 'cluster':
    case 'image':
      return text
    default:
      return 'bind'
  }
}
