import { type Container, type ContainerNetwork, isAlive } from '../containers/container.ts'
import type { Network } from './network.ts'

/** A container of a network, with what others call it there. */
export interface NetworkMember {
  container: Container
  /** Empty while the container does not run: the Engine gives addresses at start. */
  ipAddress: string
  ipv6Address: string
  macAddress: string
  /** Names that resolve in this network, best first: service, container, other aliases, short id. */
  names: string[]
  /** False for a stopped container that will join when it starts. */
  isAttached: boolean
}

/** Who is in a network and who would join it, running first, then by name. Derived from the containers' own entries. */
export function networkMembers(network: Network, containers: readonly Container[]): NetworkMember[] {
  return containers
    .flatMap((container) => {
      const entry = container.networks.find((each) => isEntryOf(network, each))
      return entry ? [toMember(network, container, entry)] : []
    })
    .sort(
      (a, b) =>
        Number(b.isAttached) - Number(a.isAttached) || a.container.name.localeCompare(b.container.name, 'en'),
    )
}

/** How many containers each network has, stopped ones included; one pass for a whole list. */
export function countNetworkMembers(
  networks: readonly Network[],
  containers: readonly Container[],
): ReadonlyMap<string, { attached: number; stopped: number }> {
  const idsByName = new Map(networks.map((network) => [network.name, network.id]))
  const counts = new Map(networks.map((network) => [network.id, { attached: 0, stopped: 0 }]))
  for (const container of containers)
    for (const entry of container.networks) {
      const count = counts.get(entry.networkId || (idsByName.get(entry.name) ?? ''))
      if (!count) continue
      if (isAlive(container)) count.attached += 1
      else count.stopped += 1
    }
  return counts
}

/** True when container names resolve in this network: everywhere but in the Engine's own three. */
export function hasNames(network: Pick<Network, 'isBuiltIn' | 'driver'>): boolean {
  return !network.isBuiltIn && network.driver !== 'host' && network.driver !== 'null'
}

/** A container that was never started has an entry with a name and no network id. */
function isEntryOf(network: Network, entry: ContainerNetwork): boolean {
  return entry.networkId ? entry.networkId === network.id : entry.name === network.name
}

function toMember(network: Network, container: Container, entry: ContainerNetwork): NetworkMember {
  const isAttached = isAlive(container)
  return {
    container,
    ipAddress: isAttached ? entry.ipAddress : '',
    ipv6Address: isAttached ? entry.ipv6Address : '',
    macAddress: isAttached ? entry.macAddress : '',
    names: hasNames(network) ? orderNames(container, entry.dnsNames) : [],
    isAttached,
  }
}

function orderNames(container: Container, dnsNames: readonly string[]): string[] {
  const shortId = container.id.slice(0, 12)
  const service = container.compose?.service ?? ''
  const rank = (name: string): number => {
    if (name === service) return 0
    if (name === container.name) return 1
    return name === shortId ? 3 : 2
  }
  return [...new Set([...dnsNames, container.name, shortId])].sort((a, b) => rank(a) - rank(b))
}
