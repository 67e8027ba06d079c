import type { Container } from '../containers/container.ts'
import type { Network } from './network.ts'
import { countNetworkMembers } from './network-members.ts'
import type { ListRules } from '../resource-list.ts'

export const networkSorts = ['name', 'driver', 'project', 'members', 'created'] as const
export type NetworkSort = (typeof networkSorts)[number]
export const networkFilters = ['used', 'unused', 'projects', 'builtin'] as const
export type NetworkFilter = (typeof networkFilters)[number]

/** A network with how many containers run in it and how many stopped ones would join. */
export interface NetworkRow {
  network: Network
  attached: number
  stopped: number
  /** Nobody is in it and nobody would join; never true of the Engine's own. */
  isUnused: boolean
}

export function networkRows(networks: readonly Network[], containers: readonly Container[]): NetworkRow[] {
  const counts = countNetworkMembers(networks, containers)
  return networks.map((network) => {
    const { attached, stopped } = counts.get(network.id) ?? { attached: 0, stopped: 0 }
    return { network, attached, stopped, isUnused: !network.isBuiltIn && attached + stopped === 0 }
  })
}

export const networkRules: ListRules<NetworkRow, NetworkSort, NetworkFilter> = {
  words: ({ network }) => [
    network.name,
    network.id,
    network.driver,
    network.compose?.project ?? '',
    ...network.subnets.map(({ subnet }) => subnet),
  ],
  isIn: (row, filter) => {
    switch (filter) {
      case 'used':
        return row.attached + row.stopped > 0
      case 'unused':
        return row.isUnused
      case 'projects':
        return row.network.compose !== null
      case 'builtin':
        return row.network.isBuiltIn
      default:
        return filter satisfies never
    }
  },
  keyOf: ({ network, attached, stopped }, sort) => {
    switch (sort) {
      case 'name':
        return network.name
      case 'driver':
        return network.driver
      case 'project':
        return network.compose?.project ?? null
      case 'members':
        return attached + stopped
      case 'created':
        return network.createdAtMs
      default:
        return sort satisfies never
    }
  },
  nameOf: ({ network }) => network.name,
}
