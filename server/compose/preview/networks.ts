import 'server-only'
import type { SettingChange } from '#lib/compose/diff/service-diff'
import type { PlannedStep } from '#lib/compose/plan'
import { snapshot } from '#server/engine/model/live-model'

/** Networks that `up` takes away to make them again: their definition in the files changed. */
export function networksMadeAnew(steps: readonly PlannedStep[]): string[] {
  return steps.flatMap(({ noun, name, change }) => (noun === 'network' && change === 'remove' ? [name] : []))
}

/** Why a container is stopped and started as it is: the networks of it that are made anew. Both sides have one name. */
export function networkChanges(container: string, replaced: readonly string[]): SettingChange[] {
  const own = snapshot().containers.find(({ name }) => name === container)?.networks ?? []
  return own
    .filter(({ name }) => replaced.includes(name))
    .map(({ name }) => ({ setting: `networks.${name}`, before: 'its definition', after: 'its definition' }))
}
