import { queryOptions } from '@tanstack/react-query'
import { deleteJson, getJson, postJson } from '#lib/api/client'
import { paths } from '#lib/api/paths'
import { queryKeys } from '#lib/api/query-keys'
import type { ComposeFolder, RememberedProject } from '#lib/compose/folder'
import type { PlaceRequest } from '#lib/compose/place-request'
import type { DownPreview, UpPreview } from '#lib/compose/preview'
import type { ComposeAction, DownRequest, UpRequest } from '#lib/compose/request'
import type { Job } from '#lib/jobs/job'

/** Starts an action; the answer is its job, waiting or running. */
export function startAction(project: string, { verb, ...options }: ComposeAction): Promise<Job> {
  return postJson(paths.projectCompose(project, verb), options)
}

/** What `up` with these options would do. Always asked anew: files and containers change outside of the page. */
export const upPreviewQuery = (project: string, request: UpRequest) =>
  queryOptions({
    queryKey: queryKeys.composePreview(project, 'up', JSON.stringify(request)),
    queryFn: ({ signal }) => postJson<UpPreview>(paths.projectPreview(project, 'up'), request, { signal }),
    staleTime: 0,
    gcTime: 0,
  })

export const downPreviewQuery = (project: string, request: DownRequest) =>
  queryOptions({
    queryKey: queryKeys.composePreview(project, 'down', JSON.stringify(request)),
    queryFn: ({ signal }) =>
      postJson<DownPreview>(paths.projectPreview(project, 'down'), request, { signal }),
    staleTime: 0,
    gcTime: 0,
  })

export const placesQuery = queryOptions({
  queryKey: queryKeys.composePlaces,
  queryFn: ({ signal }) => getJson<RememberedProject[]>(paths.composePlaces, { signal }),
})

export const folderQuery = (path: string) =>
  queryOptions({
    queryKey: queryKeys.composeFolder(path),
    queryFn: ({ signal }) =>
      getJson<ComposeFolder>(`${paths.composeFolder}?${new URLSearchParams({ path }).toString()}`, {
        signal,
      }),
    staleTime: 0,
  })

export const addPlace = (request: PlaceRequest): Promise<RememberedProject> =>
  postJson(paths.composePlaces, request)

export const forgetPlace = (project: string): Promise<undefined> => deleteJson(paths.composePlace(project))
