'use client'

import { EmptyState } from '#components/ui/empty-state'
import { MaskedTable } from './masked-table.tsx'
import { WithDetail } from './use-container-detail.tsx'

export function EnvironmentTab({ id }: { id: string }) {
  return (
    <WithDetail id={id} label="Reading the environment">
      {({ environment, container }) =>
        environment.length === 0 ? (
          <EmptyState title="No environment variables">
            Neither the image nor the service sets any. Compose takes them from{' '}
            <code className="font-mono text-xs">environment:</code> and{' '}
            <code className="font-mono text-xs">env_file:</code>.
          </EmptyState>
        ) : (
          <MaskedTable id={container.id} kind="variable" values={environment} />
        )
      }
    </WithDetail>
  )
}

export function LabelsTab({ id }: { id: string }) {
  return (
    <WithDetail id={id} label="Reading the labels">
      {({ labels, container }) =>
        labels.length === 0 ? (
          <EmptyState title="No labels">
            Labels are notes for tools. Compose writes its own on everything it makes; this container was made
            without it.
          </EmptyState>
        ) : (
          <MaskedTable id={container.id} kind="label" values={labels} />
        )
      }
    </WithDetail>
  )
}
