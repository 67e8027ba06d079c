'use client'

import { useStore } from '#components/ui/store'
import { composeQuestion } from '../compose-dialog-store.tsx'
import { useCompose } from '../compose-status.tsx'
import { DownDialog } from './down-dialog.tsx'
import { DriftDialog } from './drift-dialog.tsx'
import { BuildDialog, PullDialog } from './images-dialogs.tsx'
import { RunDialog } from './run-dialog.tsx'
import { UpDialog } from './up-dialog.tsx'

/** The dialog that was asked for last. */
export function ComposeDialogs({ project }: { project: string }) {
  const asked = useStore(composeQuestion)
  const status = useCompose()
  if (asked === null || status === null) return null
  const common = { project, status, onClose: () => composeQuestion.set(null) }
  switch (asked.kind) {
    case 'up': {
      const { kind: _, ...initial } = asked
      return <UpDialog key={JSON.stringify(initial)} {...common} initial={initial} />
    }
    case 'down':
      return <DownDialog {...common} />
    case 'pull':
      return <PullDialog {...common} services={asked.services ?? []} />
    case 'build':
      return <BuildDialog {...common} services={asked.services ?? []} />
    case 'run':
      return <RunDialog {...common} service={asked.service ?? ''} />
    case 'drift':
      return <DriftDialog {...common} service={asked.service} />
    default:
      return asked satisfies never
  }
}
