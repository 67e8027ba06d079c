import { measureDiskUsage } from '#server/engine/disk-usage'
import { handle } from '#server/http/handle'
import { readFlag } from '#server/http/path-params'

export const GET = handle({ role: 'viewer' }, ({ request }) =>
  measureDiskUsage({ isFresh: readFlag(request, 'fresh') }),
)
