'use client'

import { useState } from 'react'
import { useContainers } from '#components/live/hooks'
import { Field, Input, Select } from '#components/ui/field'
import { FormDialog } from '#components/ui/form-dialog'
import { fieldError } from '#lib/api/field-error'
import { command } from '#lib/docker/command'
import type { Network } from '#lib/docker/networks/network'
import { networkMembers } from '#lib/docker/networks/network-members'
import { networkAliasProblem, readAliases } from '#lib/docker/networks/network-name'
import { memberAddressProblem } from '#lib/docker/networks/network-subnet'
import { connectContainer } from './calls.ts'

export function ConnectDialog({ network, onClose }: { network: Network; onClose: () => void }) {
  const containers = useContainers()
  const members = new Set(networkMembers(network, containers).map(({ container }) => container.id))
  const free = containers
    .filter(({ id }) => !members.has(id))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'))
  const [containerId, setContainerId] = useState('')
  const [aliasText, setAliasText] = useState('')
  const [ipAddress, setIpAddress] = useState('')
  const [wasTried, setWasTried] = useState(false)
  const [refused, setRefused] = useState<{ field: string; message: string } | null>(null)
  const aliases = readAliases(aliasText)
  const problems = {
    container: containerId === '' ? 'Choose a container.' : null,
    aliases: aliases.map(networkAliasProblem).find((problem) => problem !== null) ?? null,
    ipAddress: memberAddressProblem(
      ipAddress,
      network.subnets.map(({ subnet }) => subnet),
    ),
  }
  const name = containers.find(({ id }) => id === containerId)?.name ?? 'CONTAINER'
  return (
    <FormDialog
      title={`Connect a container to ${network.name}`}
      submitLabel="Connect"
      onClose={onClose}
      commands={[
        command.networkConnect(network.name, name, {
          aliases,
          ...(ipAddress === '' ? {} : { ip: ipAddress }),
        }),
      ]}
      check={() => {
        setWasTried(true)
        return Object.values(problems).every((problem) => problem === null)
      }}
      isShownAtField={(error) => fieldError(error)?.field === 'ipAddress'}
      onSubmit={async () => {
        try {
          await connectContainer(network.id, { containerId, aliases, ipAddress })
        } catch (error) {
          setRefused(fieldError(error))
          throw error
        }
      }}
    >
      <Field
        label="Container"
        hint={
          free.length === 0
            ? 'Every container is in this network already.'
            : 'Running or not; it needs no restart.'
        }
        error={wasTried ? problems.container : null}
      >
        {(control) => (
          <Select {...control} value={containerId} onChange={(event) => setContainerId(event.target.value)}>
            <option value="">Choose…</option>
            {free.map((container) => (
              <option key={container.id} value={container.id}>
                {container.name} ({container.state})
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field
        label="Extra names"
        hint="What others here may call it too, besides its own name."
        error={problems.aliases}
      >
        {(control) => (
          <Input
            {...control}
            isMono
            placeholder="db, primary"
            value={aliasText}
            onChange={(event) => setAliasText(event.target.value)}
          />
        )}
      </Field>
      <Field
        label="IPv4 address"
        hint="Empty: Docker picks one. A fixed one needs a network made with a subnet."
        error={refused?.field === 'ipAddress' ? refused.message : problems.ipAddress}
      >
        {(control) => (
          <Input
            {...control}
            isMono
            placeholder={network.subnets[0]?.subnet.replace(/0\/\d+$/, '5') ?? ''}
            value={ipAddress}
            onChange={(event) => {
              setRefused(null)
              setIpAddress(event.target.value)
            }}
          />
        )}
      </Field>
    </FormDialog>
  )
}
