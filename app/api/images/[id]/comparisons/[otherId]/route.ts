import { handle } from '#server/http/handle'
import { readHexId } from '#server/http/path-params'
import { fullImageId, startComparison } from '#server/images/analyse'
import { readComparison } from '#server/images/results'

type Params = { id: string; otherId: string }

export const GET = handle<Params>({ role: 'viewer' }, async ({ params }) => {
  const [from, to] = [readHexId(params.id, 'image'), readHexId(params.otherId, 'image')]
  return readComparison(await fullImageId(from), await fullImageId(to))
})

export const POST = handle<Params>({ role: 'operator', action: 'image.compare' }, ({ params, session }) =>
  startComparison(readHexId(params.id, 'image'), readHexId(params.otherId, 'image'), session.userName),
)
