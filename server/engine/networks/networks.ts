import 'server-only'
import type { NetworkInspectInfo } from 'dockerode'
import type { Network } from '#lib/docker/networks/network'
import { callEngine } from '../client/client.ts'
import { epochMs } from '../client/times.ts'

/** All networks. Source: `GET /networks`. */
export async function listNetworks(options: { evenIfAway?: boolean } = {}): Promise<Network[]> {
  const rows = await callEngine((docker) => docker.listNetworks(), options)
  return rows.map(toNetwork)
}

/** One network. Source: `GET /networks/{id}`. Throws `network_not_found`. */
export async function readNetwork(id: string): Promise<Network> {
  // dockerode types the answer as any.
  const raw = (await callEngine((docker) => docker.getNetwork(id).inspect(), {
    noun: 'network',
  })) as NetworkInspectInfo
  return toNetwork(raw)
}

export function toNetwork(raw: NetworkInspectInfo): Network {
  const labels = raw.Labels ?? {}
  const project = labels['com.docker.compose.project']
  return {
    id: raw.Id,
    name: raw.Name,
    driver: raw.Driver,
    scope: raw.Scope === 'swarm' || raw.Scope === 'global' ? raw.Scope : 'local',
    isInternal: raw.Internal,
    isAttachable: raw.Attachable,
    isIpv6: raw.EnableIPv6,
    subnets: (raw.IPAM?.Config ?? []).map((config) => ({
      subnet: config.Subnet ?? '',
      gateway: config.Gateway ?? '',
    })),
    createdAtMs: epochMs(raw.Created) ?? 0,
    compose: project ? { project, network: labels['com.docker.compose.network'] ?? '' } : null,
    isBuiltIn: raw.Name === 'bridge' || raw.Name === 'host' || raw.Name === 'none',
  }
}
