'use client'

import type { Container, ContainerAction } from '#lib/docker/containers/container'
import { Store, useStore } from '#components/ui/store'

export type PendingAction = ContainerAction | 'remove' | 'rename'

/** What the Engine is working on, by container id: shown on the row wherever the container is shown. */
export const pendingActions = new Store<ReadonlyMap<string, PendingAction>>(new Map())

export function usePendingAction(containerId: string): PendingAction | null {
  return useStore(pendingActions, (pending) => pending.get(containerId) ?? null)
}

/** Marks a container as worked on while `work` runs. */
export async function whilePending<Result>(
  containerId: string,
  action: PendingAction,
  work: () => Promise<Result>,
): Promise<Result> {
  pendingActions.set(new Map(pendingActions.get()).set(containerId, action))
  try {
    return await work()
  } finally {
    const rest = new Map(pendingActions.get())
    rest.delete(containerId)
    pendingActions.set(rest)
  }
}

/** What is being asked. One dialog for the whole page: a row may scroll away under it. */
export type Question =
  | { kind: 'remove'; containers: readonly Container[] }
  | { kind: 'kill'; containers: readonly Container[] }
  | { kind: 'rename'; container: Container }
  | { kind: 'itself'; container: Container; action: PendingAction; proceed: () => Promise<void> }

export const question = new Store<Question | null>(null)
