import { handle, readBody } from '#server/http/handle'
import { changeSubscriptions, liveRequest } from '#server/live/live-streams'

export const dynamic = 'force-dynamic'

export const POST = handle<{ streamId: string }>(
  {
    role: 'viewer',
    unaudited: 'says what this browser watches; nothing changes on the Engine',
    reach: 'filtered',
    isReadOnlySafe: true,
  },
  async ({ request, params, session }) =>
    changeSubscriptions(params.streamId, session, await readBody(request, liveRequest, 262_144)),
)
