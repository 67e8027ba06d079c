'use client'

import { CheckField } from '#components/ui/checkbox'
import { Input } from '#components/ui/field'
import type { ComposeStatus } from '#lib/compose/preview'
import type { UpRequest } from '#lib/compose/request'
import { activeServices, NameChoice, ProfileChoice } from './option-fields.tsx'

/** Everything that can be said to `up`. */
export function UpOptions({
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
          hint="New containers for all: their own files and logs go, volumes stay."
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
