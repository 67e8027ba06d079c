import { queryOptions } from '@tanstack/react-query'
import { getJson, postJson } from '#lib/api/client'
import { paths } from '#lib/api/paths'
import { queryKeys } from '#lib/api/query-keys'
import type { BuildPage } from '#lib/builds/build-record'
import type { BuildContext } from '#lib/builds/build-context'
import type { BuildFolder } from '#lib/builds/folder-build'
import type { FolderBuildRequest } from '#lib/builds/folder-build-request'
import type { Job } from '#lib/jobs/job'

/** What the build of a service may send. Always asked anew: files change outside of the page. */
export const contextQuery = (project: string, service: string) =>
  queryOptions({
    queryKey: queryKeys.buildContext(project, service),
    queryFn: ({ signal }) => getJson<BuildContext>(paths.buildContext(project, service), { signal }),
    staleTime: 0,
    gcTime: 0,
  })

/** The builds of a project's services (null: of folders of no project); read again when one more of its jobs has ended. */
export const buildsQuery = (project: string | null, endedJobs: number) =>
  queryOptions({
    queryKey: queryKeys.builds(project, endedJobs),
    queryFn: ({ signal }) =>
      getJson<BuildPage>(project === null ? paths.folderBuilds : paths.builds(project), { signal }),
    staleTime: 0,
  })

/** A folder of the machine as something to build. Always asked anew: files change outside of the page. */
export const buildFolderQuery = (path: string, dockerfile: string) =>
  queryOptions({
    queryKey: queryKeys.buildFolder(path, dockerfile),
    queryFn: ({ signal }) =>
      getJson<BuildFolder>(`${paths.buildFolder}?${new URLSearchParams({ path, dockerfile }).toString()}`, {
        signal,
      }),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })

/** Starts the build of a folder; the answer is its job, waiting or running. */
export const buildFolder = (request: FolderBuildRequest): Promise<Job> =>
  postJson(paths.folderBuilds, request)
