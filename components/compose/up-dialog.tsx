'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { showJob } from '#components/jobs/jobs-store'
import { CheckField } from '#components/ui/checkbox'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { ErrorPanel } from '#components/ui/error-panel'
import { SkeletonRows } from '#components/ui/skeleton'
import { composeCommand } from '#lib/compose/arguments'
import type { ComposeStatus, UpPreview } from '#lib/compose/preview'
import { type UpRequest, upRequest } from '#lib/compose/request'
import { startAction, upPreviewQuery } from './calls.ts'
import { UpOptions } from './up-options.tsx'
import { UpPlan } from './up-preview.tsx'

interface UpDialogProps {
  project: string
  status: ComposeStatus
  initial: Partial<UpRequest>
  onClose: () => void
}

/** `docker compose up -d` with its options; shows what each would do before it is done. */
export function UpDialog({ project, status, initial, onClose }: UpDialogProps) {
  const [request, setRequest] = useState<UpRequest>(() =>
    upRequest.parse({ profiles: status.activeProfiles, ...initial }),
  )
  const set = (change: Partial<UpRequest>) => setRequest({ ...request, ...change })
  const {
    data: preview,
    error,
    isPlaceholderData,
  } = useQuery({
    ...upPreviewQuery(project, { ...request, isItself: false }),
    placeholderData: keepPreviousData,
  })
  const target = { project, ...(status.place ?? { workingDir: '', configFiles: [], envFiles: [] }) }
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      width="wide"
      title={
        request.services.length > 0 ? `Up ${request.services.join(', ')} of ${project}` : `Up ${project}`
      }
      tone="primary"
      confirmLabel={labelOf(preview)}
      isDisabled={preview?.isItself === true && !request.isItself}
      commands={[composeCommand(target, { verb: 'up', ...request })]}
      onConfirm={async () => showJob(await startAction(project, { verb: 'up', ...request }))}
    >
      <div aria-busy={isPlaceholderData} className={isPlaceholderData ? 'opacity-60' : undefined}>
        {preview ? <UpPlan preview={preview} isForced={request.isForced} /> : null}
        {!preview && !error ? <SkeletonRows label="Asking Compose what it would do" /> : null}
        {error ? <ErrorPanel error={error} /> : null}
      </div>
      <UpOptions status={status} request={request} onChange={set} />
      {preview?.isItself ? (
        <CheckField
          label="Yes, replace Composure itself"
          hint="It ends in the middle of its own replacement and may not come back: a terminal is the better place for this."
          isChecked={request.isItself}
          onChange={(isItself) => set({ isItself })}
        />
      ) : null}
    </ConfirmDialog>
  )
}

function labelOf(preview: UpPreview | undefined): string {
  const recreated = preview?.containers.filter(({ change }) => change === 'recreate').length ?? 0
  return recreated === 0
    ? 'Up'
    : recreated === 1
      ? 'Recreate 1 container'
      : `Recreate ${recreated} containers`
}
