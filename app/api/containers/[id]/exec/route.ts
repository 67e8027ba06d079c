import { listShells, openShell } from '#server/exec/requests'
import { handle } from '#server/http/handle'

export const dynamic = 'force-dynamic'

export const GET = handle<{ id: string }>({ role: 'operator', reach: 'container' }, async (call) =>
  listShells(call),
)
export const POST = handle<{ id: string }>(
  { role: 'operator', action: 'container.exec', reach: 'container' },
  openShell,
)
