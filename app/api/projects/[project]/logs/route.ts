import { handle } from '#server/http/handle'
import { projectLogStream } from '#server/logs/stream/sse'

export const dynamic = 'force-dynamic'

export const GET = handle<{ project: string }>(
  { role: 'viewer', isStream: true, reach: 'project' },
  async ({ request, params }) => projectLogStream(request, params.project),
)
