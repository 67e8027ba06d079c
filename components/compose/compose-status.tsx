'use client'

import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { useLiveClient } from '#components/live/hooks'
import type { ComposeStatus, ServiceDrift } from '#lib/compose/preview'

const ComposeContext = createContext<ComposeStatus | null>(null)

/** Follows how a project stands to its files, for everything below. */
export function ComposeProvider({ project, children }: { project: string; children: ReactNode }) {
  const client = useLiveClient()
  const [state, setState] = useState<{ project: string; status: ComposeStatus } | null>(null)
  useEffect(
    () =>
      client.subscribe('compose', () => ({ project }), {
        // The topic's own shape: lib/compose/preview.ts.
        onMessage: (data) => setState({ project, status: data as ComposeStatus }),
      }),
    [client, project],
  )
  return <ComposeContext value={state?.project === project ? state.status : null}>{children}</ComposeContext>
}

/** Null until it is known. */
export function useCompose(): ComposeStatus | null {
  return useContext(ComposeContext)
}

/** How a service differs from the files, or null. */
export function useDrift(service: string): ServiceDrift | null {
  return useCompose()?.drift.find((each) => each.service === service) ?? null
}
