import { queryOptions } from '@tanstack/react-query'
import { deleteJson, getJson, postJson } from '#lib/api/client'
import { paths } from '#lib/api/paths'
import { queryKeys } from '#lib/api/query-keys'
import type { NetworkDetail } from '#lib/docker/networks/network-detail'
import type { ConnectRequest, CreateNetworkRequest } from '#lib/docker/networks/network-request'

export const createNetwork = (request: CreateNetworkRequest): Promise<{ id: string }> =>
  postJson(paths.networks, request)

export const removeNetwork = (id: string): Promise<undefined> => deleteJson(paths.network(id))

export const connectContainer = (id: string, request: ConnectRequest): Promise<undefined> =>
  postJson(paths.networkMembers(id), request)

export const disconnectContainer = (id: string, containerId: string): Promise<undefined> =>
  deleteJson(paths.networkMember(id, containerId))

/** Labels, options and pools of a network; they never change while it lives. */
export const networkDetailQuery = (id: string) =>
  queryOptions({
    queryKey: queryKeys.network(id),
    queryFn: ({ signal }) => getJson<NetworkDetail>(paths.network(id), { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
