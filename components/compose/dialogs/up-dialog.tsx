'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { CheckField } from '#components/ui/checkbox'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { ErrorPanel } from '#components/ui/error-panel'
import { SkeletonRows } from '#components/ui/skeleton'
import type { UpPreview } from '#lib/compose/preview'
import type { UpRequest } from '#lib/compose/request'
import { standardUp } from '#lib/compose/standard-options'
import { upPreviewQuery } from '../calls.ts'
import { BuildContexts } from './option-fields.tsx'
import { UpOptions } from './up-options.tsx'
import { UpPlan } from './up-preview.tsx'
import type { ComposeDialogProps } from './dialog-props.tsx'
import { useStart } from '../use-start.tsx'

interface UpDialogProps extends ComposeDialogProps {
  initial: Partial<UpRequest>
}

/** `docker compose up -d` with its options; shows what each would do before it is done. */
export function UpDialog({ project, status, initial, onClose }: UpDialogProps) {
  const [request, setRequest] = useState<UpRequest>(() => ({
    ...standardUp,
    profiles: status.activeProfiles,
    ...initial,
  }))
  const set = (change: Partial<UpRequest>) => setRequest({ ...request, ...change })
  const {
    data: preview,
    error,
    isPlaceholderData,
  } = useQuery({
    ...upPreviewQuery(project, { ...request, isItself: false }),
    placeholderData: keepPreviousData,
  })
  const { commandOf, start } = useStart(project, status)
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
      commands={[commandOf({ verb: 'up', ...request })]}
      onConfirm={() => start({ verb: 'up', ...request })}
    >
      <div aria-busy={isPlaceholderData} className={isPlaceholderData ? 'opacity-60' : undefined}>
        {preview ? <UpPlan preview={preview} isForced={request.isForced} /> : null}
        {!preview && !error ? <SkeletonRows label="Asking Compose what it would do" /> : null}
        {error ? <ErrorPanel error={error} /> : null}
      </div>
      <UpOptions status={status} request={request} onChange={set} />
      {request.isBuilt ? <BuildContexts project={project} status={status} request={request} /> : null}
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
