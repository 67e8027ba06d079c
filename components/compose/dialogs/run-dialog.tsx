'use client'

import { useState } from 'react'
import { CheckField } from '#components/ui/checkbox'
import { Field, Input, Select } from '#components/ui/field'
import { FormDialog } from '#components/ui/form-dialog'
import { standardRun } from '#lib/compose/standard-options'
import { splitShellWords } from '#lib/run-line/shell-words'
import type { ComposeDialogProps } from './dialog-props.tsx'
import { useStart } from '../use-start.tsx'

/** `docker compose run --rm`: one container of a service, for one command. */
export function RunDialog({
  project,
  status,
  service: first,
  onClose,
}: ComposeDialogProps & { service: string }) {
  const { commandOf, start } = useStart(project, status)
  const [service, setService] = useState(first || (status.services[0]?.name ?? ''))
  const [line, setLine] = useState('')
  const [isAlone, setIsAlone] = useState(false)
  const { words, problem } = splitShellWords(line)
  const action = {
    verb: 'run',
    ...standardRun,
    service,
    command: words.map(({ text }) => text),
    isAlone,
  } as const
  return (
    <FormDialog
      title={`Run a command in ${project}`}
      description="In a container of its own, with the service's image, variables, volumes and networks; it is removed when the command ends."
      width="wide"
      submitLabel="Run"
      commands={[commandOf(action)]}
      onClose={onClose}
      check={() => problem === null}
      onSubmit={() => start(action)}
    >
      <Field label="Service">
        {(control) => (
          <Select {...control} value={service} onChange={(event) => setService(event.target.value)}>
            {status.services.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </Select>
        )}
      </Field>
      <Field
        label="Command"
        hint="As in a terminal, quotes too. Empty: the service's own command."
        error={problem?.message ?? null}
      >
        {(control) => (
          <Input
            {...control}
            isMono
            placeholder="npm run migrate"
            value={line}
            onChange={(event) => setLine(event.target.value)}
          />
        )}
      </Field>
      <CheckField label="Without the services it depends on" isChecked={isAlone} onChange={setIsAlone} />
    </FormDialog>
  )
}
