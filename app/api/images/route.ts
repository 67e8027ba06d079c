import { listImages } from '#server/engine/images'
import { handle } from '#server/http/handle'

export const GET = handle({ role: 'viewer' }, () => listImages())
