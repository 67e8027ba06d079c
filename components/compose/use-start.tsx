'use client'

import { showJob } from '#components/jobs/jobs-store'
import { composeCommand, type ComposeTarget } from '#lib/compose/arguments'
import type { ComposeStatus } from '#lib/compose/preview'
import type { ComposeAction } from '#lib/compose/request'
import { startAction } from './calls.ts'

/** What Compose is pointed at, for the commands people see. */
export function targetOf(project: string, { place }: ComposeStatus): ComposeTarget {
  return { project, ...(place ?? { workingDir: '', configFiles: [], envFiles: [] }) }
}

/** The command of an action on a project, and its start: its job opens in the dock. */
export function useStart(
  project: string,
  status: ComposeStatus,
): { commandOf: (action: ComposeAction) => string[]; start: (action: ComposeAction) => Promise<void> } {
  const target = targetOf(project, status)
  return {
    commandOf: (action) => composeCommand(target, action),
    start: async (action) => showJob(await startAction(project, action)),
  }
}
