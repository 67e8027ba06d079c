'use client'

import type { ReactNode } from 'react'
import { EmptyState } from '#components/ui/empty-state'
import { SkeletonRows } from '#components/ui/skeleton'
import { useEngineStatus } from './hooks.tsx'

/** What stands where a list of the live model has nothing: `children` say that there is none, once the Engine has said so. */
export function EmptyList({ children }: { children: ReactNode }) {
  const { state } = useEngineStatus()
  if (state === 'connecting') return <SkeletonRows label="Asking the Engine" count={8} />
  if (state === 'connected') return children
  return (
    <EmptyState title="Nothing is known now" commands={[['docker', 'info']]}>
      The Engine does not answer, so this is not a list of nothing. It fills by itself when it does. Whether
      it answers to you:
    </EmptyState>
  )
}
