'use client'

import { useState } from 'react'
import { showJob } from '#components/jobs/jobs-store'
import { CheckField } from '#components/ui/checkbox'
import { Field, Input, Select } from '#components/ui/field'
import { FormDialog } from '#components/ui/form-dialog'
import { composeCommand } from '#lib/compose/arguments'
import type { ComposeStatus } from '#lib/compose/preview'
import { buildRequest, type ComposeAction, pullRequest, runRequest } from '#lib/compose/request'
import { splitShellWords } from '#lib/run-line/shell-words'
import { startAction } from './calls.ts'
import { activeServices, NameChoice, ProfileChoice } from './option-fields.tsx'

interface DialogProps {
  project: string
  status: ComposeStatus
  onClose: () => void
}

function useStart(project: string, status: ComposeStatus) {
  const target = { project, ...(status.place ?? { workingDir: '', configFiles: [], envFiles: [] }) }
  return {
    commandOf: (action: ComposeAction) => composeCommand(target, action),
    start: async (action: ComposeAction) => showJob(await startAction(project, action)),
  }
}

/** `docker compose build`: which services, with or without the cache. */
export function BuildDialog({ project, status, services, onClose }: DialogProps & { services: string[] }) {
  const { commandOf, start } = useStart(project, status)
  const [request, setRequest] = useState(() =>
    buildRequest.parse({ services, profiles: status.activeProfiles }),
  )
  const built = activeServices(status, request.profiles).filter(({ isBuilt }) => isBuilt)
  const action = { verb: 'build', ...request } as const
  return (
    <FormDialog
      title={`Build the images of ${project}`}
      description="Containers go on with the image they have: run Up afterwards to replace them."
      width="wide"
      submitLabel="Build"
      commands={[commandOf(action)]}
      onClose={onClose}
      check={() => true}
      onSubmit={() => start(action)}
    >
      <CheckField
        label="Without the cache"
        hint="Every step again: slow, for steps that fetch something new."
        isChecked={request.isUncached}
        onChange={(isUncached) => setRequest({ ...request, isUncached })}
      />
      <CheckField
        label="Look for newer base images"
        isChecked={request.isPulled}
        onChange={(isPulled) => setRequest({ ...request, isPulled })}
      />
      <ProfileChoice
        status={status}
        chosen={request.profiles}
        onChange={(profiles) => setRequest({ ...request, profiles })}
      />
      <NameChoice
        label="Only these services (none chosen: all)"
        names={built.map(({ name }) => name)}
        chosen={request.services}
        onChange={(chosen) => setRequest({ ...request, services: chosen })}
      />
    </FormDialog>
  )
}

/** `docker compose pull`. */
export function PullDialog({ project, status, services, onClose }: DialogProps & { services: string[] }) {
  const { commandOf, start } = useStart(project, status)
  const [request, setRequest] = useState(() =>
    pullRequest.parse({ services, profiles: status.activeProfiles }),
  )
  const action = { verb: 'pull', ...request } as const
  return (
    <FormDialog
      title={`Pull the images of ${project}`}
      description="Containers go on with the image they have: run Up afterwards to replace them."
      width="wide"
      submitLabel="Pull"
      commands={[commandOf(action)]}
      onClose={onClose}
      check={() => true}
      onSubmit={() => start(action)}
    >
      <ProfileChoice
        status={status}
        chosen={request.profiles}
        onChange={(profiles) => setRequest({ ...request, profiles })}
      />
      <NameChoice
        label="Only these services (none chosen: all)"
        names={activeServices(status, request.profiles).map(({ name }) => name)}
        chosen={request.services}
        onChange={(chosen) => setRequest({ ...request, services: chosen })}
      />
    </FormDialog>
  )
}

/** `docker compose run --rm`: one container of a service, for one command. */
export function RunDialog({ project, status, service: first, onClose }: DialogProps & { service: string }) {
  const { commandOf, start } = useStart(project, status)
  const [service, setService] = useState(first || (status.services[0]?.name ?? ''))
  const [line, setLine] = useState('')
  const [isAlone, setIsAlone] = useState(false)
  const { words, problem } = splitShellWords(line)
  const action = {
    verb: 'run',
    ...runRequest.parse({ service, command: words.map(({ text }) => text), isAlone }),
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
