'use client'

import type { ReactNode } from 'react'
import type { Need } from '#lib/api/abilities'
import { useRefusal } from './abilities.tsx'
import { EmptyState } from './empty-state.tsx'

/** A page for those who may: everybody else reads why it is not theirs, and nothing is asked of the server. */
export function OnlyFor({ need, title, children }: { need: Need; title: string; children: ReactNode }) {
  const refusal = useRefusal(need)
  if (refusal === null) return children
  return <EmptyState title={title}>{refusal} An admin can change that under Settings, Users.</EmptyState>
}
