import { z } from 'zod'
import { checked } from '../request-field.ts'
import { labelKeyProblem, volumeDriverProblem, volumeNameProblem } from './volume-name.ts'

/** Body of `POST /api/volumes`. */
export const createVolumeRequest = z.strictObject({
  name: checked((name) => volumeNameProblem(name, [])),
  driver: checked(volumeDriverProblem).default('local'),
  labels: z.record(checked(labelKeyProblem), z.string().max(4096)).default({}),
})
export type CreateVolumeRequest = z.input<typeof createVolumeRequest>
