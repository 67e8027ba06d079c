'use client'

import { useProjects } from '#components/live/hooks'
import { CheckField } from '#components/ui/checkbox'

/** Everything, or the projects that are ticked. Projects that are not there right now stay ticked. */
export function ReachField({
  projects,
  onChange,
}: {
  projects: readonly string[] | null
  onChange: (projects: string[] | null) => void
}) {
  const known = useProjects().map(({ name }) => name)
  const names = [...new Set([...known, ...(projects ?? [])])].sort()
  const toggle = (name: string, isChecked: boolean) => {
    const rest = (projects ?? []).filter((other) => other !== name)
    onChange(isChecked ? [...rest, name].sort() : rest)
  }
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-xs font-medium">May see</legend>
      <CheckField
        label="Everything on this Engine"
        isChecked={projects === null}
        onChange={(isChecked) => onChange(isChecked ? null : [])}
      />
      {projects === null ? null : (
        <div className="grid max-h-40 gap-1.5 overflow-y-auto rounded-md border border-line p-2.5">
          {names.length === 0 ? (
            <p className="text-xs text-muted">There is no project on this Engine yet.</p>
          ) : null}
          {names.map((name) => (
            <CheckField
              key={name}
              label={name}
              isChecked={projects.includes(name)}
              onChange={(isChecked) => toggle(name, isChecked)}
            />
          ))}
        </div>
      )}
    </fieldset>
  )
}
