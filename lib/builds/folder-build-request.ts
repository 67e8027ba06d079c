import { z } from 'zod'
import { pathProblem } from '#lib/compose/folder'
import { newImageNameProblem } from '#lib/docker/images/image-reference'
import { checked } from '#lib/docker/request-field'
import { argumentProblem, dockerfileProblem, platformProblem, stageProblem } from './folder-build.ts'

const no = z.boolean().default(false)

/** Body of `POST /api/builds`: the build of a folder that belongs to no project. */
export const folderBuildRequest = z.strictObject({
  /** Absolute, as the Engine's machine has it. */
  folder: checked(pathProblem),
  /** Relative to the folder. */
  dockerfile: checked(dockerfileProblem).default('Dockerfile'),
  /** The name of the image it makes. */
  name: checked(newImageNameProblem),
  target: checked(stageProblem).default(''),
  args: z
    .array(z.strictObject({ name: checked(argumentProblem), value: z.string().max(10_000) }))
    .max(100)
    .default([]),
  platform: checked(platformProblem).default(''),
  /** Every step again. */
  isUncached: no,
  /** Looks for newer base images. */
  isPulled: no,
})
export type FolderBuildRequest = z.infer<typeof folderBuildRequest>

/** Query of `GET /api/builds/folder`. */
export const buildFolderQuery = z.strictObject({
  path: checked(pathProblem),
  /** Empty: the first that is there. */
  dockerfile: z.union([z.literal(''), checked(dockerfileProblem)]).default(''),
})
