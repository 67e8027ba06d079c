'use client'

import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useContainer } from '#components/live/hooks'
import { ErrorPanel } from '#components/ui/error-panel'
import { SkeletonRows } from '#components/ui/skeleton'
import { getJson } from '#lib/api/client'
import { paths } from '#lib/api/paths'
import { queryKeys } from '#lib/api/query-keys'
import type { ContainerDetail } from '#lib/docker/containers/container-detail'

/** What inspect says of a container; read again whenever the live model says that it changed. */
export function useContainerDetail(id: string) {
  const fullId = useContainer(id)?.id ?? id
  return useQuery({
    queryKey: queryKeys.container(fullId),
    queryFn: ({ signal }) => getJson<ContainerDetail>(paths.container(fullId), { signal }),
  })
}

/** Loading, failed, or the detail: the same for every tab that shows it. */
export function WithDetail({
  id,
  label,
  children,
}: {
  id: string
  label: string
  children: (detail: ContainerDetail) => ReactNode
}) {
  const { data, error, refetch } = useContainerDetail(id)
  if (data) return children(data)
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />
  return <SkeletonRows label={label} />
}
