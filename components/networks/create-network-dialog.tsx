'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useNetworks } from '#components/live/hooks'
import { CheckField } from '#components/ui/checkbox'
import { Field, Input, Select } from '#components/ui/field'
import { FormDialog } from '#components/ui/form-dialog'
import { fieldError } from '#lib/api/field-error'
import { errorCode } from '#lib/api/errors'
import { pages } from '#lib/api/paths'
import { command } from '#lib/docker/command'
import { networkNameProblem, parentInterfaceProblem } from '#lib/docker/networks/network-name'
import { type NetworkDriver, networkDrivers } from '#lib/docker/networks/network-drivers'
import { subnetCapacity, subnetProblem } from '#lib/docker/networks/network-subnet'
import { createNetwork } from './calls.ts'

const driverWords: Readonly<Record<NetworkDriver, string>> = {
  bridge: 'bridge: a private network on this machine',
  ipvlan: 'ipvlan: addresses on the network of the machine, its MAC',
  macvlan: 'macvlan: addresses on the network of the machine, MACs of their own',
}

type FieldName = 'name' | 'subnet' | 'parent'

export function CreateNetworkDialog({ onClose }: { onClose: () => void }) {
  const router = useRouter()
  const networks = useNetworks()
  const [fields, setFields] = useState({ name: '', subnet: '', parent: '' })
  const [driver, setDriver] = useState<NetworkDriver>('bridge')
  const [isInternal, setIsInternal] = useState(false)
  const [touched, setTouched] = useState<ReadonlySet<FieldName>>(new Set())
  const [refused, setRefused] = useState<{ field: string; message: string } | null>(null)
  const problems: Record<FieldName, string | null> = {
    name: networkNameProblem(
      fields.name,
      networks.map((network) => network.name),
    ),
    subnet: subnetProblem(
      fields.subnet,
      networks.flatMap((network) => network.subnets.map(({ subnet }) => ({ name: network.name, subnet }))),
    ),
    parent: driver === 'bridge' ? null : parentInterfaceProblem(fields.parent),
  }
  const errorOf = (field: FieldName): string | null =>
    refused?.field === field ? refused.message : touched.has(field) ? problems[field] : null
  const set = (field: FieldName, value: string) => {
    setFields({ ...fields, [field]: value })
    setRefused(null)
    // An empty name is not a mistake yet while somebody begins to type.
    if (value !== '') setTouched(new Set(touched).add(field))
  }
  const capacity = problems.subnet === null ? subnetCapacity(fields.subnet) : null
  return (
    <FormDialog
      title="New network"
      description="Containers in it find each other by name; containers outside do not reach them."
      submitLabel="Create"
      onClose={onClose}
      commands={[
        command.networkCreate(fields.name || 'NAME', {
          ...(driver === 'bridge' ? {} : { driver }),
          ...(fields.subnet === '' ? {} : { subnet: fields.subnet }),
          ...(driver === 'bridge' || fields.parent === '' ? {} : { options: { parent: fields.parent } }),
          isInternal,
        }),
      ]}
      check={() => {
        setTouched(new Set(['name', 'subnet', 'parent'] as const))
        return Object.values(problems).every((problem) => problem === null)
      }}
      isShownAtField={(error) => fieldOf(error) !== null}
      onSubmit={async () => {
        try {
          const { id } = await createNetwork({ ...fields, driver, isInternal })
          router.push(pages.network(id))
        } catch (error) {
          setRefused(fieldOf(error))
          throw error
        }
      }}
    >
      <Field label="Name" error={errorOf('name')}>
        {(control) => (
          <Input
            {...control}
            isMono
            // The dialog was opened to type here.
            // oxlint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
            placeholder="shop_backend"
            value={fields.name}
            onChange={(event) => set('name', event.target.value)}
          />
        )}
      </Field>
      <Field label="Driver">
        {(control) => (
          <Select
            {...control}
            value={driver}
            onChange={(event) =>
              setDriver(networkDrivers.find((each) => each === event.target.value) ?? 'bridge')
            }
          >
            {networkDrivers.map((each) => (
              <option key={each} value={each}>
                {driverWords[each]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {driver === 'bridge' ? null : (
        <Field
          label="Parent interface"
          hint="The network card of the machine it hangs on; empty makes one that reaches nothing outside."
          error={errorOf('parent')}
        >
          {(control) => (
            <Input
              {...control}
              isMono
              placeholder="eth0"
              value={fields.parent}
              onChange={(event) => set('parent', event.target.value)}
            />
          )}
        </Field>
      )}
      <Field
        label="Subnet"
        hint={
          capacity === null || fields.subnet === ''
            ? 'Empty: Docker picks a free range. Fixed addresses need one written here.'
            : `Room for ${capacity.toLocaleString('en')} containers.`
        }
        error={errorOf('subnet')}
      >
        {(control) => (
          <Input
            {...control}
            isMono
            placeholder="10.20.0.0/24"
            value={fields.subnet}
            onChange={(event) => set('subnet', event.target.value)}
          />
        )}
      </Field>
      <div className="pb-2">
        <CheckField
          isChecked={isInternal}
          onChange={setIsInternal}
          label="Internal"
          hint="No way out to the internet, and published ports do not reach in."
        />
      </div>
    </FormDialog>
  )
}

/** A range the Engine refuses for an overlap is about the subnet. */
function fieldOf(error: unknown): { field: string; message: string } | null {
  if (errorCode(error) === 'conflict' && error instanceof Error)
    return { field: 'subnet', message: error.message }
  return fieldError(error)
}
