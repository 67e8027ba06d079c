'use client'

import { Button } from '#components/ui/button'
import { CommandBlock } from '#components/ui/command-line'
import { Dialog } from '#components/ui/dialog'
import { composeCommand } from '#lib/compose/arguments'
import { standardUp } from '#lib/compose/standard-options'
import { ChangeList } from './change-list.tsx'
import { composeQuestion } from '../compose-dialog-store.tsx'
import type { ComposeDialogProps } from './dialog-props.tsx'
import { targetOf } from '../use-start.tsx'

/** What differs between a service as it runs and as the files say, and the way to make it the same. */
export function DriftDialog({ project, status, service, onClose }: ComposeDialogProps & { service: string }) {
  const drift = status.drift.find((each) => each.service === service)
  const request = { services: [service], isAlone: true }
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      width="wide"
      title={drift ? `${service} differs from its file` : `${service} is as its file says`}
      description={
        drift
          ? 'It runs with the settings on the left. A restart keeps them; recreating it takes those on the right.'
          : 'Somebody has made it the same meanwhile.'
      }
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          {drift ? (
            <Button
              tone="primary"
              needs="operator"
              onClick={() => composeQuestion.set({ kind: 'up', ...request })}
            >
              Recreate…
            </Button>
          ) : null}
        </>
      }
    >
      {drift ? (
        <div className="grid gap-3">
          {drift.changes.length > 0 ? (
            <ChangeList changes={drift.changes} />
          ) : (
            <p className="text-muted">
              Compose sees a difference that leaves no trace on a container: a hook, a platform, a config or
              secret that is not a file. Or the container was made by another version of Compose.
            </p>
          )}
          {drift.containers.length > 1 ? (
            <p className="text-xs text-faint">In {drift.containers.join(', ')}.</p>
          ) : null}
          <CommandBlock
            commands={[composeCommand(targetOf(project, status), { verb: 'up', ...standardUp, ...request })]}
          />
        </div>
      ) : null}
    </Dialog>
  )
}
