import { handle } from '#server/http/handle'
import { windowRoute } from '#server/logs/window/route'

export const dynamic = 'force-dynamic'

export const GET = handle(
  { role: 'viewer', isStream: true, reach: 'filtered' },
  async ({ request, session }) => windowRoute(request, session),
)
