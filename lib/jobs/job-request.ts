import { z } from 'zod'

/** Query of `GET /api/jobs`: newest first; `before` is the id below which to go on. */
export const jobQuery = z.strictObject({
  project: z.string().max(255).optional(),
  before: z.string().max(40).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

export type JobQuery = z.infer<typeof jobQuery>

/** Params of topic `job`: all events after line `after` (0: from the beginning), then what comes, until it has ended. */
export const jobParams = z.strictObject({ id: z.string().max(40), after: z.int().min(0).default(0) })

export type JobParams = z.infer<typeof jobParams>
