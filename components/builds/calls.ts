import { queryOptions } from '@tanstack/react-query'
import { getJson } from '#lib/api/client'
import { paths } from '#lib/api/paths'
import { queryKeys } from '#lib/api/query-keys'
import type { BuildPage } from '#lib/builds/build-record'
import type { BuildContext } from '#lib/builds/build-context'

/** What the build of a service may send. Always asked anew: files change outside of the page. */
export const contextQuery = (project: string, service: string) =>
  queryOptions({
    queryKey: queryKeys.buildContext(project, service),
    queryFn: ({ signal }) => getJson<BuildContext>(paths.buildContext(project, service), { signal }),
    staleTime: 0,
    gcTime: 0,
  })

/** The builds of a project's services; read again when one more of its jobs has ended. */
export const buildsQuery = (project: string, endedJobs: number) =>
  queryOptions({
    queryKey: queryKeys.builds(project, endedJobs),
    queryFn: ({ signal }) => getJson<BuildPage>(paths.builds(project), { signal }),
    staleTime: 0,
  })
