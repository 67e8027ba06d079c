import type { ComposeModel, ComposeService } from '../model.ts'
import type { RawConfig, RawContainer, RawHost } from './raw.ts'

/** The variables a container has of its own: what its image brings along unchanged is not the service's. */
export function environmentOf(config: RawConfig, image: RawConfig | null): Map<string, string> {
  const inherited = new Set(image?.Env ?? [])
  return new Map((config.Env ?? []).filter((entry) => !inherited.has(entry)).map(splitPair))
}

function splitPair(entry: string): [string, string] {
  const at = entry.indexOf('=')
  return at === -1 ? [entry, ''] : [entry.slice(0, at), entry.slice(at + 1)]
}

/** The labels a container has of its own, without Compose's and the image's. */
export function labelsOf(config: RawConfig, image: RawConfig | null): Map<string, string> {
  return new Map(
    Object.entries(config.Labels ?? {}).filter(
      ([name, value]) => !name.startsWith('com.docker.compose.') && image?.Labels?.[name] !== value,
    ),
  )
}

/** Publications by container port: `80/tcp` to `127.0.0.1:8080`. */
export function portsOf(host: RawHost): Map<string, string> {
  return new Map(
    Object.entries(host.PortBindings ?? {}).flatMap(([port, bindings]) => {
      const published = (bindings ?? []).map(({ HostIp = '', HostPort = '' }) => address(HostIp, HostPort))
      return published.length === 0 ? [] : [[port, sorted(published)]]
    }),
  )
}

export function wantedPorts(service: ComposeService): Map<string, string> {
  const byPort = new Map<string, string[]>()
  for (const { target, published = '', host_ip: ip = '', protocol = 'tcp' } of service.ports ?? []) {
    const port = `${target}/${protocol}`
    byPort.set(port, [...(byPort.get(port) ?? []), address(ip, String(published))])
  }
  return new Map([...byPort].map(([port, list]) => [port, sorted(list)]))
}

const address = (ip: string, port: string): string =>
  `${ip === '' || ip === '0.0.0.0' ? '' : `${ip}:`}${port || 'any port'}`
const sorted = (list: readonly string[]): string => [...list].sort((a, b) => (a < b ? -1 : 1)).join(', ')

/** Mounts by their place in the container. Anonymous volumes are the image's, and what Compose mounts as secret or config is not a volume. */
export function mountsOf(container: RawContainer): Map<string, string> {
  return new Map(
    container.Mounts.flatMap(({ Type, Name = '', Source = '', Destination, RW }) => {
      const isAnonymous = Type === 'volume' && /^[a-f0-9]{64}$/.test(Name)
      if (isAnonymous || Type === 'tmpfs' || Destination.startsWith('/run/secrets/')) return []
      return [[Destination, mountWords(Type, Type === 'volume' ? Name : Source, !RW)]]
    }),
  )
}

export function wantedMounts(service: ComposeService, model: ComposeModel): Map<string, string> {
  const mounts = (service.volumes ?? []).flatMap(
    ({ type, source = '', target, read_only: isReadOnly = false }): [string, string][] => {
      if (type === 'tmpfs' || (type === 'volume' && source === '')) return []
      const name =
        type === 'volume'
          ? (model.volumes?.[source]?.name ?? `${model.name}_${source}`)
          : source.replaceAll('$$', '$')
      return [[target, mountWords(type, name, isReadOnly)]]
    },
  )
  return new Map(mounts)
}

const mountWords = (type: string, source: string, isReadOnly: boolean): string =>
  `${type === 'volume' ? 'volume ' : ''}${source}${isReadOnly ? ', read-only' : ''}`

/** The networks a container is in, by name. */
export function networksOf(container: RawContainer): Map<string, string> {
  return new Map(Object.keys(container.NetworkSettings.Networks).map((name) => [name, 'connected']))
}
