import { deleteHistory } from '#server/history/change'
import { listHistory } from '#server/history/overview'
import { handle } from '#server/http/handle'
import { readHexId } from '#server/http/path-params'

export const DELETE = handle<{ id: string }>(
  { role: 'operator', action: 'history.delete', reach: 'filtered' },
  async ({ params, session }) => {
    const id = readHexId(params.id, 'container')
    await listHistory(session, { id }, 'must exist')
    return deleteHistory({ idPrefix: id })
  },
)
