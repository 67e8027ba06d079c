import { ownContainerId } from '#server/engine/itself'
import { firstSnapshot } from '#server/engine/model/live-model'
import { handle } from '#server/http/handle'

/** How the Engine is, and which of its containers is Composure itself. */
export const GET = handle({ role: 'viewer', reach: 'open' }, async () => {
  const { engine } = await firstSnapshot()
  return { engine, ownContainerId: ownContainerId() }
})
