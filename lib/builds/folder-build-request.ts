import { z } from 'zod'
import { pathProblem } from '#lib/compose/folder'
import { newImageNameProblem } from '#lib/docker/images/image-reference'
import { checked } from '#lib/docker/request-field'
import {
  argumentProblem,
  dockerfileProblem,
  mountIdProblem,
  platformProblem,
  stageProblem,
} from './folder-build.ts'

const no = z.boolean().default(false)
/** A file, absolute as the Engine's machine has it, and how the Dockerfile calls it. */
const mountedFile = z.strictObject({ id: checked(mountIdProblem), file: checked(pathProblem) })

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
  /** Files that steps with `--mount=type=secret` read; the image never holds them. */
  secrets: z.array(mountedFile).max(50).default([]),
  /** Private keys, or sockets of an agent, for steps with `--mount=type=ssh`. */
  sshKeys: z.array(mountedFile).max(10).default([]),
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
