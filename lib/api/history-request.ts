import { z } from 'zod'

const megabyte = 1_000_000
const maxSizeBytes = 10_000_000 * megabyte

/** Body of `PUT /api/history/settings`; what is left out stays as it is. */
export const historySettingsRequest = z.strictObject({
  maxBytes: z.number().int().min(megabyte).max(maxSizeBytes).optional(),
  maxServiceBytes: z.number().int().min(megabyte).max(maxSizeBytes).optional(),
  maxAgeDays: z.number().min(0.01).max(36_500).optional(),
  isOutsideRecorded: z.boolean().optional(),
})
export type HistorySettingsRequest = z.infer<typeof historySettingsRequest>

/** Body of `PUT /api/history/projects/{project}`. */
export const historyProjectRequest = z.strictObject({ isRecorded: z.boolean() })
