'use client'

import { createContext, useContext } from 'react'
import { type Abilities, type Need, refusalOf } from '#lib/api/abilities'

/** Who is signed in; set once around the dashboard. Outside of it (the door) nothing is refused. */
export const AbilitiesContext = createContext<Abilities | null>(null)

export function useAbilities(): Abilities | null {
  return useContext(AbilitiesContext)
}

/** Why the person in front may not do this, in a sentence; null when they may. */
export function useRefusal(need: Need | undefined): string | null {
  return refusalOf(useContext(AbilitiesContext), need)
}
