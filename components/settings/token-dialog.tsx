'use client'

import { useState } from 'react'
import { useAbilities } from '#components/ui/abilities'
import { Field, Input, Select } from '#components/ui/field'
import { FormDialog } from '#components/ui/form-dialog'
import { type MadeToken, tokenLifetimesDays } from '#lib/api/people'
import { type Role, roleIncludes, roles } from '#lib/api/roles'
import { createToken } from './calls.ts'
import { ReachField } from './reach-field.tsx'
import { roleWords } from './role-words.tsx'

/** Makes an API token: a name to know it by, at most the own role, an end. */
export function TokenDialog({ onClose, onMade }: { onClose: () => void; onMade: (made: MadeToken) => void }) {
  const me = useAbilities()
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('viewer')
  const [projects, setProjects] = useState<string[] | null>(me?.projects ? [...me.projects] : null)
  const [lifetimeDays, setLifetimeDays] = useState(30)
  const [error, setError] = useState<string | null>(null)
  return (
    <FormDialog
      title="New API token"
      description="For a script: it stands for you, with this role, until its end."
      submitLabel="Create"
      commands={[]}
      onClose={onClose}
      check={() => {
        setError(name.trim() === '' ? 'needs a name' : null)
        return name.trim() !== ''
      }}
      onSubmit={async () => onMade(await createToken({ name: name.trim(), role, projects, lifetimeDays }))}
    >
      <Field label="Name" error={error} hint="What uses it, for example “nightly backup”.">
        {(control) => (
          <Input
            {...control}
            // The dialog was opened to type here.
            // oxlint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
            maxLength={64}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field label="Role" hint={roleWords[role]}>
        {(control) => (
          <Select
            {...control}
            value={role}
            onChange={(event) => setRole(roles.find((each) => each === event.target.value) ?? 'viewer')}
          >
            {roles
              .filter((each) => me && roleIncludes(me.role, each))
              .map((each) => (
                <option key={each} value={each}>
                  {each}
                </option>
              ))}
          </Select>
        )}
      </Field>
      <Field label="Works for">
        {(control) => (
          <Select
            {...control}
            value={lifetimeDays}
            onChange={(event) => setLifetimeDays(Number(event.target.value))}
          >
            {tokenLifetimesDays.map((days) => (
              <option key={days} value={days}>
                {days === 1 ? '1 day' : `${days} days`}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <ReachField projects={projects} onChange={setProjects} />
    </FormDialog>
  )
}
