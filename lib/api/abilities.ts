import { type Role, roleIncludes } from './roles.ts'

/** Who is signed in and what this dashboard lets them do; the server decides again at each request. */
export interface Abilities {
  userName: string
  role: Role
  /** The only projects they see; null for all of the Engine. */
  projects: readonly string[] | null
  isReadOnly: boolean
  isExecOn: boolean
}

/**
 * What a control asks for. `operator` and `admin`: the role, on what one sees. `engine`: an operator who is not limited to projects, for
 * what belongs to no project (images, new networks). `look`: an operator, also where the Engine is only read (files, hidden values).
 * `whole`: anybody not limited to projects. `people`: an admin, also where the Engine is only read.
 */
export type Need = 'operator' | 'engine' | 'look' | 'whole' | 'admin' | 'people'

/** Why somebody cannot use a control, in a sentence; null when they can. */
export function refusalOf(abilities: Abilities | null, need: Need | undefined): string | null {
  if (abilities === null || need === undefined) return null
  const { role, projects, isReadOnly } = abilities
  if ((need === 'engine' || need === 'whole') && projects !== null)
    return 'Concerns more than the projects you may see.'
  if (need === 'whole') return null
  const needed = need === 'admin' || need === 'people' ? 'admin' : 'operator'
  if (isReadOnly && need !== 'people' && need !== 'look')
    return 'This dashboard only reads (COMPOSURE_READ_ONLY=1).'
  if (!roleIncludes(role, needed)) return `Needs the role ${needed}; you are ${role}.`
  return null
}
