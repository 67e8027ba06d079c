'use client'

import { useId } from 'react'
import { useVolumes } from '#components/live/hooks'
import { CheckField } from '#components/ui/checkbox'
import { Input, Select } from '#components/ui/field'
import { needsStrict } from '#lib/run/mount-syntax'
import type { RunMount } from '#lib/run/run-spec'
import { RowFault } from './run-field.tsx'
import type { RunForm } from './run-form-store.tsx'
import { RowList } from './row-list.tsx'

const newMount = (): RunMount => ({
  type: 'volume',
  source: '',
  target: '',
  isReadOnly: false,
  options: '',
  isStrict: false,
})

const places: Readonly<Record<RunMount['type'], { label: string; placeholder: string }>> = {
  volume: { label: 'Volume', placeholder: 'a new one without a name' },
  bind: { label: 'Folder of the machine', placeholder: '/srv/data' },
  tmpfs: { label: 'Memory', placeholder: 'memory, gone when it stops' },
}

/** What of the machine's data the container sees, and where. */
export function MountRows({ form }: { form: RunForm }) {
  const volumes = useVolumes()
  const listId = useId()
  return (
    <>
      <datalist id={listId}>
        {volumes
          .filter(({ isAnonymous }) => !isAnonymous)
          .map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
      </datalist>
      <RowList
        title="Mounts"
        addLabel="Add a mount"
        empty="None: what it writes goes when the container is removed."
        rows={form.spec.mounts}
        make={newMount}
        onChange={(mounts) => form.edit({ mounts: mounts.map(asItIsWritten) })}
      >
        {(mount, index, change) => (
          <MountRow form={form} mount={mount} index={index} listId={listId} onChange={change} />
        )}
      </RowList>
    </>
  )
}

/** Another kind has other options; what `-v` cannot say is a `--mount`. */
function asItIsWritten(mount: RunMount): RunMount {
  const source = mount.type === 'tmpfs' ? '' : mount.source
  const next = { ...mount, source }
  return { ...next, isStrict: mount.isStrict || needsStrict(next) }
}

function MountRow({
  form,
  mount,
  index,
  listId,
  onChange,
}: {
  form: RunForm
  mount: RunMount
  index: number
  listId: string
  onChange: (part: Partial<RunMount>) => void
}) {
  const noteId = useId()
  const fault = form.faultOf(`mounts.${index}`)
  const control = { isMono: true, 'aria-invalid': fault !== null, 'aria-describedby': noteId }
  const number = index + 1
  const place = places[mount.type]
  return (
    <>
      <div className="grid items-center gap-1.5 sm:grid-cols-[6.5rem_1fr_auto_1fr]">
        <Select
          aria-label={`Kind, mount ${number}`}
          value={mount.type}
          onChange={({ target }) =>
            onChange({ type: target.value as RunMount['type'], options: '', isStrict: false })
          }
        >
          <option value="volume">Volume</option>
          <option value="bind">Folder</option>
          <option value="tmpfs">Memory</option>
        </Select>
        <Input
          {...control}
          aria-label={`${place.label}, mount ${number}`}
          placeholder={place.placeholder}
          disabled={mount.type === 'tmpfs'}
          list={mount.type === 'volume' ? listId : undefined}
          value={mount.source}
          onChange={({ target }) => onChange({ source: target.value })}
        />
        <span aria-hidden className="text-center text-faint max-sm:hidden">
          →
        </span>
        <Input
          {...control}
          aria-label={`Path inside, mount ${number}`}
          placeholder="/data"
          value={mount.target}
          onChange={({ target }) => onChange({ target: target.value })}
        />
      </div>
      <div className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1 text-xs">
        <CheckField
          label="read-only"
          aria-label={`Read-only, mount ${number}`}
          isChecked={mount.isReadOnly}
          onChange={(isReadOnly) => onChange({ isReadOnly })}
        />
        {mount.type === 'bind' ? (
          <>
            <CheckField
              label="must be there"
              aria-label={`Must be there, mount ${number}`}
              isChecked={mount.isStrict}
              onChange={(isStrict) => onChange({ isStrict })}
            />
            {mount.isStrict ? null : (
              <span className="text-faint">If it is not, Docker makes an empty one, owned by root.</span>
            )}
          </>
        ) : null}
        {mount.options === '' ? null : (
          <span className="text-faint">
            with <code className="font-mono">{mount.options}</code>
          </span>
        )}
      </div>
      <RowFault id={noteId} fault={fault} />
    </>
  )
}
