import { queryOptions } from '@tanstack/react-query'
import { getJson, postJson, putJson } from '#lib/api/client'
import { paths } from '#lib/api/paths'
import { queryKeys } from '#lib/api/query-keys'
import type {
  CheckFileRequest,
  ModelProblem,
  ProjectModel,
  RevealedFile,
  RevealFileRequest,
  SaveFileRequest,
} from '#lib/compose/project-model'

export const modelQuery = (project: string) =>
  queryOptions({
    queryKey: queryKeys.projectModel(project),
    queryFn: ({ signal }) => getJson<ProjectModel>(paths.projectModel(project), { signal }),
    staleTime: 0,
  })

export const revealFile = (project: string, request: RevealFileRequest): Promise<RevealedFile> =>
  postJson(paths.projectModelReveal(project), request)

export const checkFile = (
  project: string,
  request: CheckFileRequest,
): Promise<{ problem: ModelProblem | null }> => postJson(paths.projectModelCheck(project), request)

export const saveFile = (project: string, request: SaveFileRequest): Promise<RevealedFile> =>
  putJson(paths.projectModelFile(project), request)
