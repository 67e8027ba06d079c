'use client'

import { useContainers } from '#components/live/hooks'
import { Sentences } from '#components/ui/code'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { command } from '#lib/docker/command'
import type { Network } from '#lib/docker/networks/network'
import { type NetworkMember, networkMembers } from '#lib/docker/networks/network-members'
import { leavingBreaks } from '#lib/docker/networks/network-purpose'
import { disconnectContainer } from './calls.ts'

/** Asks before a container leaves, and says who loses whom. */
export function DisconnectDialog({
  network,
  member,
  onClose,
}: {
  network: Network
  member: NetworkMember
  onClose: () => void
}) {
  const members = networkMembers(network, useContainers())
  const { id, name } = member.container
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={`Disconnect ${name} from ${network.name}?`}
      keeps={['The container itself goes on; it can be connected again at any time.']}
      commands={[command.networkDisconnect(network.name, name)]}
      confirmLabel="Disconnect"
      onConfirm={async () => {
        await disconnectContainer(network.id, id)
      }}
    >
      {leavingBreaks(network, member, members).map((sentence, index) => (
        <p key={index}>
          <Sentences sentences={[sentence]} />
        </p>
      ))}
    </ConfirmDialog>
  )
}
