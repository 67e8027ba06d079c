'use client'

import { useId } from 'react'
import { Input, Select } from '#components/ui/field'
import type { RunPort } from '#lib/run/run-spec'
import { RowFault } from './run-field.tsx'
import type { RunForm } from './run-form-store.tsx'
import { RowList } from './row-list.tsx'

const newPort = (): RunPort => ({ hostIp: '', hostPort: '', containerPort: '', protocol: 'tcp' })

/** Ports of the machine that lead into the container. */
export function PortRows({ form }: { form: RunForm }) {
  return (
    <RowList
      title="Ports"
      addLabel="Publish a port"
      empty="None: only containers on the same network reach it."
      rows={form.spec.ports}
      make={newPort}
      onChange={(ports) => form.edit({ ports })}
    >
      {(port, index, change) => <PortRow form={form} port={port} index={index} onChange={change} />}
    </RowList>
  )
}

function PortRow({
  form,
  port,
  index,
  onChange,
}: {
  form: RunForm
  port: RunPort
  index: number
  onChange: (part: Partial<RunPort>) => void
}) {
  const noteId = useId()
  const fault = form.faultOf(`ports.${index}`)
  const control = { isMono: true, 'aria-invalid': fault !== null, 'aria-describedby': noteId }
  const number = index + 1
  return (
    <>
      <div className="grid grid-cols-[1fr_auto_1fr] items-center gap-1.5 sm:grid-cols-[1fr_1fr_auto_1fr_5.5rem]">
        <Input
          {...control}
          aria-label={`Address of the machine, port ${number}`}
          placeholder="all addresses"
          className="max-sm:order-4"
          value={port.hostIp}
          onChange={({ target }) => onChange({ hostIp: target.value.trim() })}
        />
        <Input
          {...control}
          aria-label={`Port of the machine, port ${number}`}
          placeholder="any free one"
          value={port.hostPort}
          onChange={({ target }) => onChange({ hostPort: target.value.trim() })}
        />
        <span aria-hidden className="text-center text-faint">
          →
        </span>
        <Input
          {...control}
          aria-label={`Port inside, port ${number}`}
          placeholder="80"
          value={port.containerPort}
          onChange={({ target }) => onChange({ containerPort: target.value.trim() })}
        />
        <Select
          aria-label={`Protocol, port ${number}`}
          className="max-sm:order-5 max-sm:col-span-2"
          value={port.protocol}
          onChange={({ target }) => onChange({ protocol: target.value as RunPort['protocol'] })}
        >
          <option value="tcp">tcp</option>
          <option value="udp">udp</option>
          <option value="sctp">sctp</option>
        </Select>
      </div>
      <RowFault id={noteId} fault={fault} />
    </>
  )
}
