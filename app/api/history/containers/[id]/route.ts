import { deleteHistory } from '#server/history/change'
import { handle } from '#server/http/handle'
import { readHexId } from '#server/http/path-params'

export const DELETE = handle<{ id: string }>({ role: 'operator', action: 'history.delete' }, ({ params }) =>
  deleteHistory({ containerId: readHexId(params.id, 'container') }),
)
