'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { showJob } from '#components/jobs/jobs-store'
import { CheckField } from '#components/ui/checkbox'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { ErrorPanel } from '#components/ui/error-panel'
import { Input } from '#components/ui/field'
import { SkeletonRows } from '#components/ui/skeleton'
import { composeCommand } from '#lib/compose/arguments'
import type { ComposeStatus, UpPreview } from '#lib/compose/preview'
import { type UpRequest, upRequest } from '#lib/compose/request'
import { startAction, upPreviewQuery } from './calls.ts'
import { activeServices, NameChoice, ProfileChoice } from './option-fields.tsx'
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

function UpOptions({
  status,
  request,
  onChange,
}: {
  status: ComposeStatus
  request: UpRequest
  onChange: (change: Partial<UpRequest>) => void
}) {
  const services = activeServices(status, request.profiles)
  return (
    <div className="grid gap-2 border-t border-line pt-3">
      <div className="grid gap-x-6 gap-y-1 sm:grid-cols-2">
        {services.some(({ isBuilt }) => isBuilt) ? (
          <CheckField
            label="Build images first"
            isChecked={request.isBuilt}
            onChange={(isBuilt) => onChange({ isBuilt })}
          />
        ) : null}
        <CheckField
          label="Pull images first"
          isChecked={request.isPulled}
          onChange={(isPulled) => onChange({ isPulled })}
        />
        <CheckField
          label="Recreate all of it"
          hint="Also what did not change."
          isChecked={request.isForced}
          onChange={(isForced) => onChange({ isForced })}
        />
        <CheckField
          label="Wait until it is healthy"
          hint="The job ends when every check passes."
          isChecked={request.isWaiting}
          onChange={(isWaiting) => onChange({ isWaiting })}
        />
        {status.orphans.length > 0 ? (
          <CheckField
            label={`Remove ${status.orphans.join(', ')}`}
            hint="No longer in the files."
            isChecked={request.withOrphans}
            onChange={(withOrphans) => onChange({ withOrphans })}
          />
        ) : null}
        {request.services.length > 0 ? (
          <CheckField
            label="Without what it depends on"
            isChecked={request.isAlone}
            onChange={(isAlone) => onChange({ isAlone })}
          />
        ) : null}
      </div>
      <ProfileChoice
        status={status}
        chosen={request.profiles}
        onChange={(profiles) => onChange({ profiles })}
      />
      <NameChoice
        label="Only these services (none chosen: all)"
        names={services.map(({ name }) => name)}
        chosen={request.services}
        onChange={(chosen) => onChange({ services: chosen })}
      />
      <Scale services={services.map(({ name }) => name)} request={request} onChange={onChange} />
    </div>
  )
}

/** How many containers of each service; empty means as the files say. */
function Scale({
  services,
  request,
  onChange,
}: {
  services: readonly string[]
  request: UpRequest
  onChange: (change: Partial<UpRequest>) => void
}) {
  const set = (service: string, text: string) => {
    const { [service]: _, ...rest } = request.scale
    onChange({
      scale:
        text === ''
          ? rest
          : { ...rest, [service]: Math.min(100, Math.max(0, Math.trunc(Number(text)) || 0)) },
    })
  }
  return (
    <details>
      <summary className="cursor-pointer text-xs text-faint hover:text-text">How many of each</summary>
      <div className="mt-1.5 grid gap-x-6 gap-y-1 sm:grid-cols-2">
        {services.map((service) => (
          <label key={service} className="flex items-center justify-between gap-3 text-xs">
            <span className="truncate">{service}</span>
            <span className="w-20">
              <Input
                type="number"
                min={0}
                max={100}
                placeholder="as in file"
                aria-label={`Containers of ${service}`}
                value={request.scale[service] ?? ''}
                onChange={(event) => set(service, event.target.value)}
              />
            </span>
          </label>
        ))}
      </div>
    </details>
  )
}
