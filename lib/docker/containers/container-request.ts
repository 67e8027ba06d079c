import { z } from 'zod'
import { containerNameProblem } from './container-name.ts'
import { checked } from '../request-field.ts'

/** Yes, also when it is the container Composure itself runs in; without it such a request answers `is_itself`. */
const isItself = z.boolean().default(false)

/** Body of `POST /api/containers/{id}/actions/{action}`. */
export const actionRequest = z.strictObject({
  isItself,
  /** For kill: a signal's name or number; absent means SIGKILL. */
  signal: z
    .string()
    .regex(/^(?:(?:SIG)?[A-Z][A-Z0-9]{1,9}(?:[+-]\d{1,2})?|\d{1,2})$/, 'is not a signal')
    .optional(),
  /** For stop and restart: how long the process may take before it is killed; absent means the container's own. */
  timeoutSeconds: z.int().min(0).max(3600).optional(),
})
export type ActionRequest = z.infer<typeof actionRequest>

/** Body of `PUT /api/containers/{id}/name`. */
export const renameRequest = z.strictObject({ name: checked((name) => containerNameProblem(name, [])) })

/** Body of `DELETE /api/containers/{id}`. */
export const removeContainerRequest = z.strictObject({
  isItself,
  /** Also when it runs: it is killed first. */
  isForced: z.boolean().default(false),
  /** Its anonymous volumes go with it. */
  withVolumes: z.boolean().default(false),
})
export type RemoveContainerRequest = z.infer<typeof removeContainerRequest>

export const projectActions = ['start', 'stop', 'restart'] as const
export type ProjectAction = (typeof projectActions)[number]

/** Body of `POST /api/projects/{project}/actions/{action}`. */
export const projectActionRequest = z.strictObject({
  isItself,
  /** Only these services; absent means all. */
  services: z.array(z.string().max(255)).max(200).optional(),
})
export type ProjectActionRequest = z.infer<typeof projectActionRequest>

/** What a project action did to one container. */
export interface ActionResult {
  containerId: string
  name: string
  outcome: 'done' | 'unchanged' | 'failed'
  error?: { code: string; message: string; hint?: string }
}
