import { handle } from '#server/http/handle'
import { projectDownload } from '#server/logs/download/download'

export const dynamic = 'force-dynamic'

export const GET = handle<{ project: string }>(
  { role: 'viewer', isStream: true, reach: 'project' },
  async ({ request, params }) => projectDownload(request, params.project),
)
