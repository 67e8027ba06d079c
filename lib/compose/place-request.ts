import { z } from 'zod'
import { checked } from '#lib/docker/request-field'
import { pathProblem } from './folder.ts'
import { projectNameProblem } from './names.ts'

/** Query of `GET /api/compose/folder`. */
export const folderQuery = z.strictObject({ path: checked(pathProblem) })

const path = checked(pathProblem)

/** Body of `POST /api/compose/places`. */
export const placeRequest = z.strictObject({
  project: checked(projectNameProblem),
  workingDir: path,
  /** Absolute; empty means what Compose finds by itself. */
  configFiles: z.array(path).max(20).default([]),
  envFiles: z.array(path).max(20).default([]),
})

export type PlaceRequest = z.infer<typeof placeRequest>
