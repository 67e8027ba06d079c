import { z } from 'zod'
import { type RunSpec, runSpec } from './run-spec.ts'

/** `duplicate`: one more like it. `recreate`: itself with changes, under its name. */
export const copyKinds = ['duplicate', 'recreate'] as const
export type CopyKind = (typeof copyKinds)[number]

/** Body of `POST /api/containers/{id}/spec`. */
export const copyRequest = z.strictObject({ kind: z.enum(copyKinds) })

/** Answer of `POST /api/containers/{id}/spec`: the form's first contents. It has the container's secrets. */
export interface ContainerCopy {
  id: string
  name: string
  spec: RunSpec
  isRunning: boolean
  /** Who manages it, or null: Compose does not learn of a change made here. */
  compose: { project: string; service: string } | null
  /** Volumes without a name; a recreation mounts them again. */
  anonymousVolumes: { name: string; target: string }[]
}

/** Body of `POST /api/containers/{id}/recreate`. */
export const recreateRequest = z.strictObject({ spec: runSpec })
