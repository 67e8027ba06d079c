import { queryOptions } from '@tanstack/react-query'
import { getJson, postJson } from '#lib/api/client'
import { paths } from '#lib/api/paths'
import { queryKeys } from '#lib/api/query-keys'
import type { CleanupItem, CleanupPlan } from '#lib/docker/cleanup/cleanup'
import type { Job } from '#lib/jobs/job'

/** What could go; measured by the Engine, so slow. */
export const cleanupQuery = queryOptions({
  queryKey: queryKeys.cleanup,
  queryFn: ({ signal }) => getJson<CleanupPlan>(paths.cleanup, { signal }),
  staleTime: 0,
})

/** Removes exactly these, as a job. */
export const startCleanup = (items: readonly CleanupItem[]): Promise<Job> =>
  postJson<Job>(paths.cleanup, { items: items.map(({ kind, id }) => ({ kind, id })) })
