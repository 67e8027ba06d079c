'use client'

import { useState } from 'react'
import { useCompose } from '#components/compose/compose-status'
import { runProjectAction } from '#components/containers/run-action'
import { useRefusal } from '#components/ui/abilities'
import { Button } from '#components/ui/button'
import { Tooltip } from '#components/ui/tooltip'
import { command, formatCommand } from '#lib/docker/command'
import { isAlive } from '#lib/docker/containers/container'
import type { Project } from '#lib/docker/projects/project'

const actions = ['start', 'restart', 'stop'] as const
type Action = (typeof actions)[number]
const labels: Record<Action, string> = { start: 'Start', restart: 'Restart', stop: 'Stop' }

/** Starts, restarts or stops the containers a project has, in the order of their dependencies. */
export function ProjectActions({ project }: { project: Project }) {
  const refusal = useRefusal('operator')
  const hasDrifted = (useCompose()?.drift.length ?? 0) > 0
  const [pending, setPending] = useState<Action | null>(null)
  const containers = project.services.flatMap((service) => service.containers)
  const alive = containers.filter(isAlive).length
  const tasks = project.services
    .filter(({ isCompleted }) => isCompleted)
    .flatMap((service) => service.containers).length
  const isOffered: Record<Action, boolean> = {
    start: containers.length > 0 && alive < containers.length - tasks,
    restart: alive > 0,
    stop: alive > 0,
  }
  const run = async (action: Action) => {
    setPending(action)
    await runProjectAction(project.name, action, containers)
    setPending(null)
  }
  return actions
    .filter((action) => isOffered[action] || pending === action)
    .map((action) => (
      <Tooltip
        key={action}
        side="bottom"
        text={
          refusal ?? (
            <>
              {action === 'restart' ? (
                <span className="block">
                  The same containers again, with the settings they run with.
                  {hasDrifted ? ' Recreate takes those of the files.' : ''}
                </span>
              ) : null}
              <code className="font-mono text-2xs">
                {formatCommand(command.composeAct(project.name, action))}
              </code>
            </>
          )
        }
      >
        <Button
          needs="operator"
          hasTooltip
          tone={action === 'start' && alive === 0 ? 'primary' : 'plain'}
          isPending={pending === action}
          disabled={pending !== null && pending !== action}
          onClick={() => void run(action)}
          aria-label={`${labels[action]} ${project.name}`}
        >
          {labels[action]}
        </Button>
      </Tooltip>
    ))
}
