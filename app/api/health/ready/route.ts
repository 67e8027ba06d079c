import { handle } from '#server/http/handle'
import { readHealth } from '#server/http/health'

export const dynamic = 'force-dynamic'

export const GET = handle({ role: 'anonymous' }, async () => {
  const health = readHealth()
  return Response.json(health, {
    status: health.isReady ? 200 : 503,
    headers: { 'cache-control': 'no-store' },
  })
})
