import { z } from 'zod'
import { cleanupKinds } from './cleanup.ts'

/** Exactly what is to go; everything is looked at once more before it does. */
export const cleanupRequest = z.strictObject({
  items: z
    .array(z.strictObject({ kind: z.enum(cleanupKinds), id: z.string().min(1).max(255) }))
    .min(1, 'Choose what is to go.')
    .max(5_000),
})

export type CleanupRequest = z.infer<typeof cleanupRequest>
