'use client'

import { queryOptions, useQuery } from '@tanstack/react-query'
import { useProjects } from './hooks.tsx'
import { getJson } from '#lib/api/client'
import type { HistoryContainer, HistoryOverview, HistoryProjectUse } from '#lib/api/history'
import { paths } from '#lib/api/paths'
import { queryKeys } from '#lib/api/query-keys'

const refreshMs = 15_000

/** The log archive: how recording goes, what is set, what is kept. */
export const historyQuery = queryOptions({
  queryKey: queryKeys.history,
  queryFn: ({ signal }) => getJson<HistoryOverview>(paths.history, { signal }),
  refetchInterval: refreshMs,
})

export type KeptTarget = { project: string } | { id: string }

/** Containers of which logs are kept, of one project or by the beginning of an id. Asked only while `isWanted`. */
export function useKeptContainers(target: KeptTarget, isWanted: boolean) {
  const query = new URLSearchParams(target).toString()
  return useQuery({
    queryKey: queryKeys.historyContainers(query),
    queryFn: ({ signal }) =>
      getJson<HistoryContainer[]>(`${paths.historyContainers}?${query}`, { signal }).then((containers) =>
        containers.filter(({ lineCount }) => lineCount > 0),
      ),
    enabled: isWanted,
  })
}

/** Projects the Engine has nothing of any more while their logs are kept, the last used first. */
export function useTakenDown(): HistoryProjectUse[] {
  const { data } = useQuery(historyQuery)
  const projects = useProjects()
  const there = new Set(projects.map(({ name }) => name))
  return (data?.projects ?? [])
    .filter(({ project, lineCount }) => project !== '' && lineCount > 0 && !there.has(project))
    .sort((a, b) => (b.lastLineAtMs ?? 0) - (a.lastLineAtMs ?? 0))
}
