'use client'

import { ContextPreviews } from '#components/builds/context-preview'
import { CheckField } from '#components/ui/checkbox'
import type { ComposeStatus } from '#lib/compose/preview'

/** Which of these names; `chosen` empty means none. */
export function NameChoice({
  label,
  names,
  chosen,
  onChange,
}: {
  label: string
  names: readonly string[]
  chosen: readonly string[]
  onChange: (chosen: string[]) => void
}) {
  if (names.length === 0) return null
  return (
    <fieldset>
      <legend className="text-xs text-faint">{label}</legend>
      <div className="mt-0.5 flex max-h-28 flex-wrap gap-x-4 gap-y-0.5 overflow-y-auto">
        {names.map((name) => (
          <CheckField
            key={name}
            label={name}
            isChecked={chosen.includes(name)}
            onChange={(isChecked) =>
              onChange(isChecked ? [...chosen, name] : chosen.filter((each) => each !== name))
            }
          />
        ))}
      </div>
    </fieldset>
  )
}

/** The profiles of a project, where it has any. */
export function ProfileChoice({
  status,
  chosen,
  onChange,
}: {
  status: ComposeStatus
  chosen: readonly string[]
  onChange: (chosen: string[]) => void
}) {
  const named = status.namedProfiles
  return (
    <div>
      <NameChoice label="Profiles" names={status.profiles} chosen={chosen} onChange={onChange} />
      {chosen.length === 0 && named.length > 0 ? (
        <p className="text-xs text-faint">
          With none chosen Compose takes {named.join(', ')}: COMPOSE_PROFILES of the environment file says so.
        </p>
      ) : null}
    </div>
  )
}

/** Services of a project whose profile is chosen, or that have none. */
export function activeServices(
  status: ComposeStatus,
  profiles: readonly string[],
): ComposeStatus['services'] {
  return status.services.filter(
    (service) =>
      service.profiles.length === 0 || service.profiles.some((profile) => profiles.includes(profile)),
  )
}

/** What the builds of the chosen services (none chosen: all of the chosen profiles) may send. */
export function BuildContexts({
  project,
  status,
  request,
}: {
  project: string
  status: ComposeStatus
  request: { services: readonly string[]; profiles: readonly string[] }
}) {
  const built = activeServices(status, request.profiles)
    .filter(
      ({ name, isBuilt }) => isBuilt && (request.services.length === 0 || request.services.includes(name)),
    )
    .map(({ name }) => name)
  return <ContextPreviews project={project} services={built} />
}
