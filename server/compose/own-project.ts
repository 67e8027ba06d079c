import 'server-only'
import { CodedError } from '#lib/api/errors'
import type { ComposeTarget } from '#lib/compose/arguments'
import type { ComposeAction } from '#lib/compose/request'
import { ownContainerId } from '#server/engine/itself'
import { modelContainer } from '#server/engine/model/live-model'
import { planUp } from '#server/compose/preview/plan'

/** The service of this project that is Composure itself, or null. */
export function ownService(project: string): string | null {
  const own = ownContainerId()
  const compose = own === null ? null : modelContainer(own)?.compose
  return compose?.project === project ? compose.service : null
}

/** Throws `is_itself` for an action that would end or recreate Composure's own container, unless the person said yes to that. */
export async function requireNotOwnProject(target: ComposeTarget, action: ComposeAction): Promise<void> {
  const service = ownService(target.project)
  if (service === null || !('isItself' in action) || action.isItself) return
  if (action.verb === 'up' && !(await replaces(target, action, service))) return
  throw new CodedError('is_itself', `${service} is Composure itself.`, {
    hint:
      action.verb === 'down'
        ? 'Taking it down ends this page; you would go on in a terminal. Say yes a second time if you mean it.'
        : `Up would replace it, and it cannot finish its own replacement: run docker compose up -d ${service} in a terminal.`,
  })
}

async function replaces(
  target: ComposeTarget,
  action: Extract<ComposeAction, { verb: 'up' }>,
  service: string,
): Promise<boolean> {
  const own = modelContainer(ownContainerId() ?? '')?.name
  // A build ends in another image, and Compose recreates whatever runs an older one.
  const isBuilt = action.isBuilt && (action.services.length === 0 || action.services.includes(service))
  const { steps } = await planUp(target, action)
  return (
    isBuilt || steps.some(({ name, change }) => name === own && change !== 'unchanged' && change !== 'start')
  )
}
