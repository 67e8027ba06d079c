'use client'

import { useState } from 'react'
import { Field, Input, Select } from '#components/ui/field'
import { FormDialog } from '#components/ui/form-dialog'
import { fieldError } from '#lib/api/field-error'
import { type MadePerson, type Person, userNameProblem } from '#lib/api/people'
import { type Role, roles } from '#lib/api/roles'
import { changeUser, createUser } from './calls.ts'
import { ReachField } from './reach-field.tsx'
import { roleWords } from './role-words.tsx'

/** Makes a user, or changes one: name, role, what they may see. */
export function UserDialog({
  person,
  onClose,
  onMade,
  onChanged,
}: {
  /** Null for a new one. */
  person: Person | null
  onClose: () => void
  onMade: (made: MadePerson) => void
  onChanged: () => void
}) {
  const [name, setName] = useState(person?.name ?? '')
  const [role, setRole] = useState<Role>(person?.role ?? 'viewer')
  const [projects, setProjects] = useState<string[] | null>(person?.projects ?? null)
  const [error, setError] = useState<string | null>(null)
  const isElsewhere = person !== null && person.origin !== 'local'
  const check = () => {
    const problem = userNameProblem(name.trim())
    setError(problem)
    return problem === null
  }
  const submit = async () => {
    const reach = role === 'admin' ? null : projects
    try {
      if (person === null) onMade(await createUser({ name: name.trim(), role, projects: reach }))
      else {
        await changeUser(person.id, { name: name.trim(), role, projects: reach })
        onChanged()
      }
    } catch (cause) {
      setError(fieldError(cause)?.message ?? null)
      throw cause
    }
  }
  return (
    <FormDialog
      title={person ? `Change ${person.name}` : 'New user'}
      description={
        person
          ? 'Ends what they have open; they sign in again with the new rights.'
          : 'You get a one-time code for them to choose a password with.'
      }
      submitLabel={person ? 'Change' : 'Create'}
      commands={[]}
      onClose={onClose}
      check={check}
      isShownAtField={(cause) => fieldError(cause)?.field === 'name'}
      onSubmit={submit}
    >
      <Field label="Name" error={error}>
        {(control) => (
          <Input
            {...control}
            // The dialog was opened to type here.
            // oxlint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
            autoCapitalize="none"
            disabled={isElsewhere}
            value={name}
            onChange={(event) => {
              setName(event.target.value)
              setError(null)
            }}
          />
        )}
      </Field>
      <Field label="Role" hint={isElsewhere ? 'Decided where they sign in.' : roleWords[role]}>
        {(control) => (
          <Select
            {...control}
            disabled={isElsewhere}
            value={role}
            onChange={(event) => setRole(roles.find((each) => each === event.target.value) ?? 'viewer')}
          >
            {roles.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {role === 'admin' ? (
        <p className="text-xs text-muted">Admins see everything.</p>
      ) : (
        <ReachField projects={projects} onChange={setProjects} />
      )}
    </FormDialog>
  )
}
