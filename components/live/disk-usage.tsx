'use client'

import { useQuery } from '@tanstack/react-query'
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
  const query = useQuery({
    queryKey: queryKeys.diskUsage,
    // Who presses the button wants to know how it is now, not how somebody else found it a minute ago.
    queryFn: ({ signal }) => getJson<DiskUsage>(`${paths.diskUsage}?fresh=1`, { signal }),
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
