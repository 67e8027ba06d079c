import 'server-only'
import type { Abilities } from '#lib/api/abilities'
import { currentEnv } from '#server/env'
import { readExecSettings } from '#server/exec/settings'
import type { Session } from './policy.ts'

/** What the page needs to know to show who may do what. */
export function abilitiesOf(session: Session): Abilities {
  const { userName, role, projects } = session
  return { userName, role, projects, isReadOnly: currentEnv().isReadOnly, isExecOn: readExecSettings().isOn }
}
