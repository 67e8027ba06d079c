import { handle } from '#server/http/handle'
import { openLiveStream } from '#server/live/live-streams'

export const dynamic = 'force-dynamic'

export const GET = handle(
  { role: 'viewer', isStream: true, reach: 'filtered' },
  async ({ request, session }) => openLiveStream(session, request),
)
