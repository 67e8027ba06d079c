import { readPreview } from '#server/compose/requests'
import { handle } from '#server/http/handle'

export const POST = handle<{ project: string; action: string }>(
  { role: 'operator', unaudited: 'a preview changes nothing', reach: 'project', isReadOnlySafe: true },
  readPreview,
)
