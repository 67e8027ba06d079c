import { handle } from '#server/http/handle'

export const dynamic = 'force-dynamic'

export const GET = handle({ role: 'anonymous' }, async () => ({ status: 'ok' }))
