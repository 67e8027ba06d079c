'use client'

import { Download, Hammer, SquareTerminal, Trash2 } from 'lucide-react'
import { useRefusal } from '#components/ui/abilities'
import { Button } from '#components/ui/button'
import { Menu, MenuDivider, MenuItem } from '#components/ui/menu'
import { Tooltip } from '#components/ui/tooltip'
import { useProjectJob } from '#components/jobs/jobs-store'
import { composeCommand } from '#lib/compose/arguments'
import { standardBuild, standardDown, standardPull, standardRun } from '#lib/compose/standard-options'
import { composeQuestion } from './compose-dialog-store.tsx'
import { useCompose } from './compose-status.tsx'

/** What Compose can do with a project: Up (Recreate, where it drifted), and in the menu build, pull, run, down. */
export function ComposeActions({ project, isStarted }: { project: string; isStarted: boolean }) {
  const status = useCompose()
  const running = useProjectJob(project)
  const refusal = useRefusal('operator')
  if (status === null) return <NotYetKnown />
  const hasDrifted = status.drift.length > 0
  // The menu has no room for the paths of the files; the dialogs show the whole line.
  const command = (action: Parameters<typeof composeCommand>[1]) =>
    composeCommand({ project, workingDir: '', configFiles: [], envFiles: [] }, action)
  const reason = status.problem === null ? null : `${status.problem.message} ${status.problem.hint ?? ''}`
  return (
    <>
      <Tooltip side="bottom" text={refusal ?? reason ?? upWords(hasDrifted, running?.title ?? null)}>
        <Button
          needs="operator"
          hasTooltip
          tone={hasDrifted || !isStarted ? 'primary' : 'plain'}
          aria-disabled={reason !== null}
          onClick={() => composeQuestion.set({ kind: 'up' })}
          aria-label={`${hasDrifted ? 'Recreate' : 'Up'} ${project}`}
        >
          {hasDrifted ? 'Recreate…' : 'Up…'}
        </Button>
      </Tooltip>
      <Menu label={`More for ${project}`}>
        <MenuItem
          icon={Hammer}
          needs="operator"
          isDisabled={reason !== null || !status.services.some(({ isBuilt }) => isBuilt)}
          command={command({ verb: 'build', ...standardBuild })}
          onSelect={() => composeQuestion.set({ kind: 'build' })}
        >
          Build images…
        </MenuItem>
        <MenuItem
          icon={Download}
          needs="operator"
          isDisabled={reason !== null}
          command={command({ verb: 'pull', ...standardPull })}
          onSelect={() => composeQuestion.set({ kind: 'pull' })}
        >
          Pull images…
        </MenuItem>
        <MenuItem
          icon={SquareTerminal}
          needs="operator"
          isDisabled={reason !== null}
          command={command({
            verb: 'run',
            ...standardRun,
            service: status.services[0]?.name ?? 'SERVICE',
          })}
          onSelect={() => composeQuestion.set({ kind: 'run' })}
        >
          Run a command…
        </MenuItem>
        <MenuDivider />
        <MenuItem
          icon={Trash2}
          tone="danger"
          needs="operator"
          isDisabled={reason !== null}
          command={command({ verb: 'down', ...standardDown })}
          onSelect={() => composeQuestion.set({ kind: 'down' })}
        >
          Down…
        </MenuItem>
      </Menu>
    </>
  )
}

/** As wide as what comes, so that the buttons beside it stay where they are. */
function NotYetKnown() {
  return (
    <>
      <Button disabled>Up…</Button>
      <span aria-hidden className="size-7 pointer-coarse:size-9" />
    </>
  )
}

function upWords(hasDrifted: boolean, running: string | null): string {
  const wait = running === null ? '' : ` Waits until ${running} is over.`
  return hasDrifted
    ? `The files have changed since. Restart would keep the old settings; Recreate takes the new ones, and shows them first.${wait}`
    : `Creates and starts what is missing, and shows it first.${wait}`
}
