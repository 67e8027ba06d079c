import { handle } from '#server/http/handle'
import { readHexId } from '#server/http/path-params'
import { olderLines } from '#server/logs/older'
import { containerLogStream } from '#server/logs/stream/sse'

export const dynamic = 'force-dynamic'

export const GET = handle<{ id: string }>(
  { role: 'viewer', isStream: true, reach: 'container' },
  async ({ request, params }) => {
    const id = readHexId(params.id, 'container')
    return new URL(request.url).searchParams.has('before')
      ? olderLines(request, id)
      : containerLogStream(request, id)
  },
)
