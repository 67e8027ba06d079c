import { queryOptions } from '@tanstack/react-query'
import { getJson } from '#lib/api/client'
import { paths } from '#lib/api/paths'
import { queryKeys } from '#lib/api/query-keys'
import type { BuildContext } from '#lib/builds/build-context'

/** What the build of a service may send. Always asked anew: files change outside of the page. */
export const contextQuery = (project: string, service: string) =>
  queryOptions({
    queryKey: queryKeys.buildContext(project, service),
    queryFn: ({ signal }) => getJson<BuildContext>(paths.buildContext(project, service), { signal }),
    staleTime: 0,
    gcTime: 0,
  })
