import { firstSnapshot } from '#server/engine/live-model'
import { handle } from '#server/http/handle'

export const GET = handle({ role: 'viewer' }, async () => (await firstSnapshot()).containers)
