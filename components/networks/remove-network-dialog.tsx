'use client'

import { useContainers } from '#components/live/hooks'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { command } from '#lib/docker/command'
import type { Network } from '#lib/docker/networks/network'
import { networkMembers } from '#lib/docker/networks/network-members'
import { removeNetwork } from './calls.ts'

/** Asks before networks go; what is still attached stands there and keeps the button shut. */
export function RemoveNetworkDialog({
  networks,
  onClose,
  onRemoved,
}: {
  networks: readonly Network[]
  onClose: () => void
  onRemoved?: () => void
}) {
  const containers = useContainers()
  const held = networks.flatMap((network) => {
    const names = networkMembers(network, containers)
      .filter(({ isAttached }) => isAttached)
      .map(({ container }) => container.name)
    return names.length > 0 ? [{ network, names }] : []
  })
  const stopped = networks.flatMap((network) =>
    networkMembers(network, containers).filter(({ isAttached }) => !isAttached),
  )
  const ofProjects = networks.filter(({ compose }) => compose !== null)
  const one = networks.length === 1 ? networks[0] : undefined
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={one ? `Remove ${one.name}?` : `Remove ${networks.length} networks?`}
      loses={[
        ...networks.map(({ id, name, subnets }) => (
          <span key={id}>
            <b className="font-medium">{name}</b>
            {subnets.length > 0 ? ` with its range ${subnets.map(({ subnet }) => subnet).join(', ')}` : ''}
          </span>
        )),
        ...stopped.map(
          ({ container }) =>
            `${container.name} is stopped and cannot start without it until it is made again`,
        ),
      ]}
      keeps={
        ofProjects.length > 0
          ? ['No data is in a network. Compose makes its networks again at the next up.']
          : ['No data is in a network.']
      }
      commands={[command.networkRm(networks.map(({ name }) => name))]}
      confirmLabel={one ? 'Remove' : `Remove ${networks.length}`}
      isDisabled={held.length > 0}
      onConfirm={async () => {
        for (const { id } of networks) await removeNetwork(id)
        onRemoved?.()
      }}
    >
      {held.map(({ network, names }) => (
        <p key={network.id} className="text-bad" role="alert">
          {network.name} is used by {names.join(', ')}. Disconnect or stop{' '}
          {names.length === 1 ? 'it' : 'them'} first.
        </p>
      ))}
    </ConfirmDialog>
  )
}
