import { handle } from '#server/http/handle'
import { metrics } from '#server/metrics/registry'

export const dynamic = 'force-dynamic'

export const GET = handle({ role: 'viewer' }, async () => {
  const { registry } = metrics()
  return new Response(await registry.metrics(), {
    headers: { 'content-type': registry.contentType, 'cache-control': 'no-store' },
  })
})
