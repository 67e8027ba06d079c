import { queryOptions } from '@tanstack/react-query'
import { deleteJson, getJson, postJson } from '#lib/api/client'
import { paths } from '#lib/api/paths'
import { queryKeys } from '#lib/api/query-keys'
import type { VolumeDetail } from '#lib/docker/volumes/volume-detail'
import type { CreateVolumeRequest } from '#lib/docker/volumes/volume-request'

export const createVolume = (request: CreateVolumeRequest): Promise<{ name: string }> =>
  postJson(paths.volumes, request)

export const removeVolume = (name: string): Promise<undefined> => deleteJson(paths.volume(name))

/** Labels and options of a volume; they never change while it lives. */
export const volumeDetailQuery = (name: string) =>
  queryOptions({
    queryKey: queryKeys.volume(name),
    queryFn: ({ signal }) => getJson<VolumeDetail>(paths.volume(name), { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
