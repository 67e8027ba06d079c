import { queryOptions } from '@tanstack/react-query'
import { deleteJson, getJson, postJson } from '#lib/api/client'
import { paths } from '#lib/api/paths'
import { queryKeys } from '#lib/api/query-keys'
import type { ImageDetail } from '#lib/docker/images/image-detail'
import type { Job } from '#lib/jobs/job'

const hex = (id: string): string => id.replace(/^sha256:/, '')
const forced = (isForced: boolean): string => (isForced ? 'force=1' : '')

export const tagImage = (id: string, name: string): Promise<undefined> =>
  postJson(paths.imageTags(hex(id)), { name })

export const untagImage = (id: string, name: string, isForced: boolean): Promise<unknown> =>
  deleteJson(`${paths.imageTags(hex(id))}?name=${encodeURIComponent(name)}&${forced(isForced)}`)

export const removeImage = (id: string, isForced: boolean): Promise<unknown> =>
  deleteJson(`${paths.image(hex(id))}?${forced(isForced)}`)

/** Configuration and layers; an image never changes, but its names do. */
export const imageDetailQuery = (id: string) =>
  queryOptions({
    queryKey: queryKeys.image(id),
    queryFn: ({ signal }) => getJson<ImageDetail>(paths.image(hex(id)), { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Starts a pull; the answer is its job, waiting or running. */
export const pullImage = (reference: string): Promise<Job> => postJson(paths.imagePull, { reference })
