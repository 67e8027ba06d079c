import { z } from 'zod'
import { imageReferenceProblem, newImageNameProblem } from './image-reference.ts'
import { checked } from '../request-field.ts'

/** Body of `POST /api/images/{id}/tags`: the new `repository:tag`. */
export const tagImageRequest = z.strictObject({ name: checked(newImageNameProblem) })

/** Body of `POST /api/images/pull`. */
export const pullImageRequest = z.strictObject({ reference: checked(imageReferenceProblem) })
