'use client'

import { useId } from 'react'
import { useNetworks } from '#components/live/hooks'
import { Input } from '#components/ui/field'
import { readAliases } from '#lib/docker/networks/network-name'
import type { RunNetwork } from '#lib/run/run-spec'
import { RowFault } from './run-field.tsx'
import type { RunForm } from './run-form-store.tsx'
import { RowList } from './row-list.tsx'

const newNetwork = (): RunNetwork => ({ name: '', aliases: [], ip: '' })

/** The networks it joins, and the names others call it by there. */
export function NetworkRows({ form }: { form: RunForm }) {
  const networks = useNetworks()
  const listId = useId()
  return (
    <>
      <datalist id={listId}>
        {networks.map(({ id, name }) => (
          <option key={id} value={name}>
            {name}
          </option>
        ))}
      </datalist>
      <RowList
        title="Networks"
        addLabel="Join a network"
        empty="Docker's own bridge: it reaches the internet, and no container by name."
        rows={form.spec.networks}
        make={newNetwork}
        onChange={(next) => form.edit({ networks: next })}
      >
        {(network, index, change) => (
          <NetworkRow form={form} network={network} index={index} listId={listId} onChange={change} />
        )}
      </RowList>
    </>
  )
}

function NetworkRow({
  form,
  network,
  index,
  listId,
  onChange,
}: {
  form: RunForm
  network: RunNetwork
  index: number
  listId: string
  onChange: (part: Partial<RunNetwork>) => void
}) {
  const noteId = useId()
  const fault = form.faultOf(`networks.${index}`)
  const control = { isMono: true, 'aria-invalid': fault !== null, 'aria-describedby': noteId }
  const number = index + 1
  return (
    <>
      <div className="grid gap-1.5 sm:grid-cols-[1fr_1fr_9rem]">
        <Input
          {...control}
          aria-label={`Name, network ${number}`}
          placeholder="shop_default"
          list={listId}
          value={network.name}
          onChange={({ target }) => onChange({ name: target.value.trim() })}
        />
        <Input
          {...control}
          aria-label={`Names inside, network ${number}`}
          placeholder="called: web, www"
          // Written by the line or by another row: begin with its text again.
          key={network.aliases.join()}
          defaultValue={network.aliases.join(', ')}
          onBlur={({ target }) => onChange({ aliases: readAliases(target.value) })}
        />
        <Input
          {...control}
          aria-label={`Fixed address, network ${number}`}
          placeholder="any address"
          value={network.ip}
          onChange={({ target }) => onChange({ ip: target.value.trim() })}
        />
      </div>
      <RowFault id={noteId} fault={fault} />
    </>
  )
}
