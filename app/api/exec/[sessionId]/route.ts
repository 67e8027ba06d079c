import { closeShell, reopenShell } from '#server/exec/requests'
import { handle } from '#server/http/handle'

export const dynamic = 'force-dynamic'

type Params = { sessionId: string }

export const POST = handle<Params>(
  { role: 'operator', unaudited: 'comes back to a shell whose opening is in the audit', reach: 'filtered' },
  async (call) => reopenShell(call),
)
export const DELETE = handle<Params>(
  { role: 'operator', unaudited: 'the end of the shell writes its own row', reach: 'filtered' },
  closeShell,
)
