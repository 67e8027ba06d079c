import type { ComposeModel, ComposeNetworkUse, ComposeService } from '../../model.ts'
import { byText, entriesOf, keyedPairs, listOf, pair, type SettingPair } from '../pair.ts'
import type { RawContainer, RawEndpoint } from '../raw.ts'

/** The networks a container is in, each with what it is in it; or the mode that stands in their place. */
export function networkPairs(
  serviceName: string,
  service: ComposeService,
  model: ComposeModel,
  container: RawContainer,
): SettingPair[] {
  const { NetworkMode: mode = '' } = container.HostConfig
  const isMode = /^(?:none|host|bridge|default|container:.*)$/.test(mode)
  const wanted = service.network_mode
  if (wanted) {
    // Another container's network is kept by its id, which says nothing to a reader.
    const isSame = /^(?:service|container):/.test(wanted) && mode.startsWith('container:')
    return [pair('network_mode', isSame ? wanted : isMode ? mode : null, wanted)]
  }
  const after = wantedNetworks(service, model)
  if (isMode && !after.has(mode)) return [pair('network_mode', mode, null)]
  return keyedPairs('networks', networksOf(container, serviceName, after), after)
}

function networksOf(
  container: RawContainer,
  serviceName: string,
  after: ReadonlyMap<string, string>,
): Map<string, string> {
  const own = new Set([container.Name.replace(/^\//, ''), serviceName, container.Id.slice(0, 12)])
  return new Map(
    Object.entries(container.NetworkSettings.Networks).map(([name, endpoint]) => [
      name,
      endpointWords(endpoint, own, after.get(name)?.includes('mac ') ? container : null),
    ]),
  )
}

function endpointWords(
  endpoint: (RawEndpoint & { MacAddress?: string }) | null,
  own: ReadonlySet<string>,
  container: RawContainer | null,
): string {
  const { Aliases, IPAMConfig: ipam, DriverOpts, GwPriority } = endpoint ?? {}
  return words({
    aliases: (Aliases ?? []).filter((alias) => !own.has(alias) && !/^[a-f0-9]{12}_/.test(alias)),
    ips: [ipam?.IPv4Address, ipam?.IPv6Address, ...(ipam?.LinkLocalIPs ?? [])],
    mac: container === null ? '' : (endpoint?.MacAddress ?? container.Config.MacAddress ?? ''),
    options: DriverOpts,
    priority: GwPriority,
  })
}

function wantedNetworks(service: ComposeService, model: ComposeModel): Map<string, string> {
  const wanted = Object.entries(service.networks ?? { default: null })
  return new Map(
    wanted.map(([key, use]) => [model.networks?.[key]?.name ?? `${model.name}_${key}`, useWords(use)]),
  )
}

function useWords(use: ComposeNetworkUse | null): string {
  return words({
    aliases: listOf(use?.aliases),
    ips: [use?.ipv4_address, use?.ipv6_address, ...(use?.link_local_ips ?? [])],
    mac: use?.mac_address ?? '',
    options: use?.driver_opts,
    priority: use?.gw_priority,
  })
}

function words(parts: {
  aliases: readonly string[]
  ips: readonly (string | undefined)[]
  mac: string
  options: unknown
  priority: number | undefined
}): string {
  const options = entriesOf(parts.options).map(([key, value]) => `${key}=${value}`)
  return [
    'connected',
    ...[...new Set(parts.aliases)].sort(byText).map((alias) => `alias ${alias}`),
    ...parts.ips.filter((ip) => ip),
    ...(parts.mac ? [`mac ${parts.mac}`] : []),
    ...options.sort(byText),
    ...(parts.priority ? [`gateway priority ${parts.priority}`] : []),
  ].join(', ')
}
