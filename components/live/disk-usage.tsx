'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getJson } from '#lib/api/client'
import { paths } from '#lib/api/paths'
import { queryKeys } from '#lib/api/query-keys'
import type { DiskUsage } from '#lib/docker/disk-usage'

/** Sizes, measured only when asked: the Engine walks its whole disk. What was measured once stays for the visit. */
export function useDiskUsage(): {
  usage: DiskUsage | null
  isMeasuring: boolean
  error: unknown
  measure: () => void
} {
  const queries = useQueryClient()
  const query = useQuery({
    queryKey: queryKeys.diskUsage,
    queryFn: ({ signal }) =>
      getJson<DiskUsage>(
        // Asking again means: not the numbers of a minute ago.
        queries.getQueryData(queryKeys.diskUsage) ? `${paths.diskUsage}?fresh=1` : paths.diskUsage,
        { signal },
      ),
    enabled: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  })
  return {
    usage: query.data ?? null,
    isMeasuring: query.isFetching,
    error: query.error,
    measure: () => void query.refetch(),
  }
}
