'use client'

import { CheckField } from '#components/ui/checkbox'
import { Field, Input } from '#components/ui/field'
import { Section } from '#components/ui/facts'
import { printPairs, readPairs } from '#lib/run-line/env-lines'
import { printOptions, readOptions } from '#lib/run-line/option-lines'
import type { RunSpec } from '#lib/run/run-spec'
import { DraftArea } from './draft-area.tsx'
import { TextField } from './run-field.tsx'
import type { RunForm } from './run-form-store.tsx'

const readPairList = (text: string) => {
  const { pairs, problem } = readPairs(text)
  return { value: pairs, problem }
}

const readOptionList = (text: string) => {
  const { options, problem } = readOptions(text)
  return { value: options, problem }
}

/** Variables and labels, as lines. */
export function PairFields({ form }: { form: RunForm }) {
  return (
    <Section title="Environment and labels">
      <div className="grid gap-2">
        <DraftArea
          form={form}
          name="environment"
          label="Environment"
          hint="KEY=VALUE a line; a .env file can be pasted as it is."
          placeholder={'POSTGRES_PASSWORD=…\nTZ=Europe/Berlin'}
          value={form.spec.environment}
          print={printPairs}
          read={readPairList}
          onChange={(environment) => form.edit({ environment })}
          rows={5}
        />
        <DraftArea
          form={form}
          name="labels"
          label="Labels"
          hint="key=value a line."
          placeholder="team=data"
          value={form.spec.labels}
          print={printPairs}
          read={readPairList}
          onChange={(labels) => form.edit({ labels })}
          rows={2}
        />
      </div>
    </Section>
  )
}

/** What it may use, and as whom. */
export function LimitFields({ form }: { form: RunForm }) {
  const { spec, edit } = form
  return (
    <Section title="Limits and rights">
      <div className="mb-2 grid grid-cols-2 gap-x-4 gap-y-2 sm:grid-cols-3">
        <TextField form={form} name="memory" label="Memory" placeholder="no limit" hint="512m, 2g" />
        <TextField form={form} name="cpus" label="Processors" placeholder="all" hint="0.5, 2" />
        <TextField form={form} name="processes" label="Processes" placeholder="no limit" hint="100" />
        <TextField form={form} name="user" label="User" placeholder="the image's" hint="1000:1000" />
        <TextField
          form={form}
          name="workingDir"
          label="Working folder"
          placeholder="the image's"
          hint="/app"
        />
        <TextField form={form} name="hostname" label="Host name" placeholder="its id" />
      </div>
      <div className="grid gap-2 sm:grid-cols-2">
        <CheckField
          label="A small init in front"
          hint="--init: passes signals on and clears up ended children."
          isChecked={spec.hasInit}
          onChange={(hasInit) => edit({ hasInit })}
        />
        <CheckField
          label="Its own files read-only"
          hint="--read-only: it writes to mounts only."
          isChecked={spec.isReadOnly}
          onChange={(isReadOnly) => edit({ isReadOnly })}
        />
        <CheckField
          label="All ports of the image"
          hint="-P: each on a free port of the machine."
          isChecked={spec.publishesAll}
          onChange={(publishesAll) => edit({ publishesAll })}
        />
        <CheckField
          label="Privileged"
          hint="--privileged: as good as root on the machine. Admins only."
          isChecked={spec.isPrivileged}
          onChange={(isPrivileged) => edit({ isPrivileged })}
        />
      </div>
    </Section>
  )
}

/** How Docker finds out whether it works. */
export function HealthFields({ form }: { form: RunForm }) {
  const { health } = form.spec
  const edit = (part: Partial<RunSpec['health']>) => form.edit({ health: { ...health, ...part } })
  return (
    <Section title="Health check">
      <Field
        label="Check"
        hint="Empty: the image's own. A line for sh; exit code 0 means healthy."
        error={form.faultOf('health.command')?.message ?? null}
      >
        {(control) => (
          <Input
            {...control}
            isMono
            placeholder="wget -qO- http://localhost:8000/health"
            value={health.command}
            onChange={({ target }) => edit({ command: target.value })}
          />
        )}
      </Field>
      <div className="mt-2 grid grid-cols-2 gap-x-4 gap-y-2 sm:grid-cols-4">
        <HealthField form={form} name="interval" label="Every" placeholder="30s" onChange={edit} />
        <HealthField form={form} name="timeout" label="Time for it" placeholder="30s" onChange={edit} />
        <HealthField form={form} name="startPeriod" label="Time to start" placeholder="0s" onChange={edit} />
        <HealthField form={form} name="retries" label="Unhealthy after" placeholder="3" onChange={edit} />
      </div>
      <CheckField
        label="No check"
        hint="--no-healthcheck: also not the image's own."
        isChecked={health.isOff}
        onChange={(isOff) => edit({ isOff })}
      />
    </Section>
  )
}

function HealthField({
  form,
  name,
  label,
  placeholder,
  onChange,
}: {
  form: RunForm
  name: 'interval' | 'timeout' | 'startPeriod' | 'retries'
  label: string
  placeholder: string
  onChange: (part: Partial<RunSpec['health']>) => void
}) {
  return (
    <Field label={label} error={form.faultOf(`health.${name}`)?.message ?? null}>
      {(control) => (
        <Input
          {...control}
          isMono
          placeholder={placeholder}
          value={form.spec.health[name]}
          onChange={({ target }) => onChange({ [name]: target.value.trim() })}
        />
      )}
    </Field>
  )
}

/** Every other option of docker run. */
export function OptionFields({ form }: { form: RunForm }) {
  return (
    <Section title="Further options">
      <DraftArea
        form={form}
        name="others"
        label="Options of docker run"
        hint="One a line, as on the command line."
        placeholder={'--cap-drop ALL\n--shm-size 1g\n--ulimit nofile=4096'}
        value={form.spec.others}
        print={printOptions}
        read={readOptionList}
        onChange={(others) => form.edit({ others })}
        rows={3}
      />
    </Section>
  )
}
