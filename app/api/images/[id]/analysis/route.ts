import { handle } from '#server/http/handle'
import { readHexId } from '#server/http/path-params'
import { fullImageId, startAnalysis } from '#server/images/analyse'
import { readAnalysis } from '#server/images/results'

export const GET = handle<{ id: string }>({ role: 'viewer' }, async ({ params }) =>
  readAnalysis(await fullImageId(readHexId(params.id, 'image'))),
)

export const POST = handle<{ id: string }>(
  { role: 'operator', action: 'image.analyse' },
  ({ params, session }) => startAnalysis(readHexId(params.id, 'image'), session.userName),
)
