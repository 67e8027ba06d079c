import type { ComposeService } from '../../model.ts'
import { byText, keyedPairs, listOf, pair, type SettingPair } from '../pair.ts'
import type { RawConfig, RawContainer } from '../raw.ts'

/** What the container is called. */
export function namingPairs(
  project: string,
  serviceName: string,
  service: ComposeService,
  container: RawContainer,
): SettingPair[] {
  return [
    containerNamePair(project, serviceName, service, container),
    pair('hostname', hostnameOf(container), service.hostname),
    pair('domainname', container.Config.Domainname, service.domainname),
    ...macPair(service, container),
  ]
}

/** Which names it knows, and which ports it says to have. */
export function addressPairs(
  service: ComposeService,
  container: RawContainer,
  image: RawConfig | null,
): SettingPair[] {
  const { HostConfig: host } = container
  return [
    pair('dns', host.Dns, listOf(service.dns)),
    pair('dns_search', host.DnsSearch, listOf(service.dns_search)),
    pair('dns_opt', host.DnsOptions, listOf(service.dns_opt)),
    ...keyedPairs(
      'extra_hosts',
      hostsOf(host.ExtraHosts ?? [], ':'),
      hostsOf(listOf(service.extra_hosts), '='),
    ),
    ...exposePairs(service, container, image),
  ]
}

function containerNamePair(
  project: string,
  serviceName: string,
  service: ComposeService,
  { Name }: RawContainer,
): SettingPair {
  // A container that replaces another has a short id in front until it takes over the name.
  const name = Name.replace(/^\//, '').replace(/^[a-f0-9]{12}_/, '')
  const rest = name.startsWith(`${project}-${serviceName}`)
    ? name.slice(`${project}-${serviceName}`.length)
    : ''
  const isNumbered = /^-\d+$/.test(rest) || name.startsWith(`${project}_${serviceName}_`)
  return pair('container_name', isNumbered ? null : name, service.container_name)
}

/** Null where it is the short id the Engine gave, or the machine's own. */
function hostnameOf({ Id, Config: { Hostname = '' }, HostConfig: host }: RawContainer): string | null {
  const isOwn = Id.startsWith(Hostname) && Hostname.length === 12
  return isOwn || /^(?:host|container:.*)$/.test(`${host.NetworkMode}`) || host.UTSMode === 'host'
    ? null
    : Hostname
}

/** Every endpoint has an address once it runs: only one that was asked for is compared. */
function macPair(service: ComposeService, { Config: config, HostConfig: host }: RawContainer): SettingPair[] {
  const wanted = service.mac_address
  const first = Object.values(service.networks ?? {}).find((network) => network?.mac_address)
  if (first || host.NetworkMode === 'host') return []
  return [{ ...pair('mac_address', config.MacAddress, wanted), isGuess: wanted === undefined }]
}

/** Addresses by name: `db:192.0.2.1` of the Engine, `db=192.0.2.1` of Compose. */
function hostsOf(list: readonly string[], separator: string): Map<string, string> {
  const byName = new Map<string, string[]>()
  for (const entry of list) {
    const at = entry.indexOf(separator)
    const [name, address] = [entry.slice(0, at), entry.slice(at + 1)]
    byName.set(name, [...(byName.get(name) ?? []), address])
  }
  return new Map([...byName].map(([name, addresses]) => [name, addresses.sort(byText).join(', ')]))
}

/** Ports that are only exposed: published ones and the image's are told elsewhere. */
function exposePairs(
  service: ComposeService,
  { Config: config, HostConfig: host }: RawContainer,
  image: RawConfig | null,
): SettingPair[] {
  const withProtocol = (port: string): string => (port.includes('/') ? port : `${port}/tcp`)
  const of = (ports: readonly string[], published: readonly string[]): Map<string, string> => {
    const elsewhere = new Set([...published, ...Object.keys(image?.ExposedPorts ?? {}).map(withProtocol)])
    const exposed = ports.map(withProtocol).filter((port) => !elsewhere.has(port))
    return new Map(exposed.map((port) => [port, 'exposed']))
  }
  const wanted = (service.ports ?? []).map(({ target, protocol = 'tcp' }) => `${target}/${protocol}`)
  return keyedPairs(
    'expose',
    of(Object.keys(config.ExposedPorts ?? {}), Object.keys(host.PortBindings ?? {})),
    of(listOf(service.expose), wanted),
  )
}
