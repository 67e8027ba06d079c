import 'server-only'
import type { NetworkInspectInfo } from 'dockerode'
import { CodedError } from '#lib/api/errors'
import { networkDrivers } from '#lib/docker/networks/network-drivers'
import type { ConnectRequest, CreateNetworkRequest } from '#lib/docker/networks/network-request'
import type { NetworkDetail } from '#lib/docker/networks/network-detail'
import { callEngine } from '../client/client.ts'
import { callWithWords } from '../client/refusal.ts'

/** What the list does not tell about a network. Source: `GET /networks/{id}`. Throws `network_not_found`. */
export async function inspectNetwork(id: string): Promise<NetworkDetail> {
  const raw = await readRaw(id)
  return {
    id: raw.Id,
    name: raw.Name,
    labels: raw.Labels ?? {},
    options: raw.Options ?? {},
    ipamDriver: raw.IPAM?.Driver ?? 'default',
    pools: (raw.IPAM?.Config ?? []).map((pool) => ({
      subnet: pool.Subnet ?? '',
      gateway: pool.Gateway ?? '',
      ipRange: pool.IPRange ?? '',
      // The type says values may be missing; the Engine's JSON has no such thing.
      reserved: (pool.AuxiliaryAddresses ?? {}) as Record<string, string>,
    })),
  }
}

/** Creates a network and gives its id. Source: `POST /networks/create`. Throws `name_taken`, `conflict` (subnet overlaps). */
export async function createNetwork(request: Required<CreateNetworkRequest>): Promise<{ id: string }> {
  const driver = networkDrivers.find((each) => each === request.driver) ?? 'bridge'
  const hasParent = driver !== 'bridge' && request.parent !== ''
  const isIpv6 = request.subnet.includes(':')
  const network = await callWithWords(
    'network',
    (docker) =>
      docker.createNetwork({
        Name: request.name,
        Driver: driver,
        Internal: request.isInternal,
        CheckDuplicate: true,
        ...(request.subnet ? { IPAM: { Driver: 'default', Config: [{ Subnet: request.subnet }] } } : {}),
        ...(isIpv6 ? { EnableIPv6: true } : {}),
        ...(hasParent ? { Options: { parent: request.parent } } : {}),
      }),
    (message) => {
      if (/Pool overlaps|overlaps with/i.test(message))
        return new CodedError(
          'conflict',
          `The range ${request.subnet} overlaps one that is already in use.`,
          {
            hint: 'Choose another range, or leave it empty and let Docker choose.',
          },
        )
      if (/fully subnetted|non-overlapping/i.test(message))
        return new CodedError('conflict', 'Docker has no free address range left.', {
          hint: 'Remove networks nobody uses, or write a range yourself.',
        })
      return null
    },
  )
  return { id: network.id }
}

/** Removes a network. Source: `DELETE /networks/{id}`. Throws `network_not_found`, `in_use` (says by whom), `conflict` (built in). */
export async function removeNetwork(id: string): Promise<void> {
  const raw = await readRaw(id)
  await callWithWords(
    'network',
    (docker) => docker.getNetwork(id).remove(),
    (message) => {
      if (/pre-defined/.test(message))
        return new CodedError('conflict', `${raw.Name} belongs to Docker itself and cannot be removed.`)
      if (!/active endpoints/.test(message)) return null
      const users = Object.values(raw.Containers ?? {}).map(({ Name }) => Name)
      return new CodedError('in_use', `${raw.Name} is used by ${users.join(', ') || 'a container'}.`, {
        hint: 'Disconnect or stop what is attached, then remove the network.',
      })
    },
  )
}

/**
 * Puts a container into a network, running or not. Source: `POST /networks/{id}/connect`.
 * Throws `network_not_found`, `container_not_found`, `state_unchanged` (is in it already), `conflict` (address taken), `bad_request`.
 */
export async function connectContainer(id: string, request: Required<ConnectRequest>): Promise<void> {
  await callWithWords(
    'network',
    (docker) =>
      docker.getNetwork(id).connect({
        Container: request.containerId,
        EndpointConfig: {
          ...(request.aliases.length > 0 ? { Aliases: request.aliases } : {}),
          ...(request.ipAddress ? { IPAMConfig: { IPv4Address: request.ipAddress } } : {}),
        },
      }),
    (message) => {
      if (/already exists in network/.test(message))
        return new CodedError('state_unchanged', 'The container is in this network already.')
      if (/Address already in use/i.test(message))
        return new CodedError('conflict', `${request.ipAddress} is taken in this network.`, {
          hint: 'Choose another address, or leave it empty and let Docker choose.',
        })
      if (/user configured subnets/.test(message))
        return new CodedError(
          'bad_request',
          'This network has no range of its own, so it gives no fixed addresses.',
          {
            hint: 'Leave the address empty, or use a network that was created with a subnet.',
          },
        )
      if (/host network/.test(message))
        return new CodedError('conflict', 'A container enters the host network only when it is created.')
      return /No such container/.test(message)
        ? new CodedError('container_not_found', 'There is no such container any more.')
        : null
    },
  )
}

/** Takes a container out of a network. Source: `POST /networks/{id}/disconnect`. Throws `network_not_found`, `state_unchanged`. */
export async function disconnectContainer(id: string, containerId: string): Promise<void> {
  await callWithWords(
    'network',
    (docker) => docker.getNetwork(id).disconnect({ Container: containerId }),
    (message) => {
      if (/is not connected to/.test(message))
        return new CodedError('state_unchanged', 'The container is not in this network.')
      return /No such container/.test(message)
        ? new CodedError('container_not_found', 'There is no such container any more.')
        : null
    },
  )
}

async function readRaw(id: string): Promise<NetworkInspectInfo> {
  // dockerode types the answer as any.
  return (await callEngine((docker) => docker.getNetwork(id).inspect(), {
    noun: 'network',
  })) as NetworkInspectInfo
}
