import { handle } from '#server/http/handle'
import { readHexId } from '#server/http/path-params'
import { containerDownload } from '#server/logs/download/download'

export const dynamic = 'force-dynamic'

export const GET = handle<{ id: string }>(
  { role: 'viewer', isStream: true, reach: 'container' },
  async ({ request, params }) => containerDownload(request, readHexId(params.id, 'container')),
)
