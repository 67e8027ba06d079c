import { historyOverview } from '#server/history/overview'
import { handle } from '#server/http/handle'

export const GET = handle({ role: 'viewer', reach: 'filtered' }, ({ session }) => historyOverview(session))
