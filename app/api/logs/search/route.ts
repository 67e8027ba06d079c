import { handle } from '#server/http/handle'
import { searchRoute } from '#server/logs/search/route'

export const dynamic = 'force-dynamic'

export const GET = handle(
  { role: 'viewer', isStream: true, reach: 'filtered' },
  async ({ request, session }) => searchRoute(request, session),
)
