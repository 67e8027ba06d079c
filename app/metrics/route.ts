import { handle } from '#server/http/handle'
import { metrics, metricsText } from '#server/metrics/registry'

export const dynamic = 'force-dynamic'

export const GET = handle({ role: 'viewer' }, async () => {
  return new Response(await metricsText(), {
    headers: { 'content-type': metrics().registry.contentType, 'cache-control': 'no-store' },
  })
})
