import { Unplug } from 'lucide-react'
import Link from 'next/link'
import { Code } from '#components/ui/code'
import { IconButton } from '#components/ui/icon-button'
import { useNowMs } from '#components/ui/relative-time'
import { State } from '#components/ui/state'
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '#components/ui/table'
import { pages } from '#lib/api/paths'
import { fullWords } from '#lib/docker/containers/container-words'
import type { NetworkMember } from '#lib/docker/networks/network-members'

/** Who is in a network: state, the names that work there, addresses. */
export function MemberTable({
  members,
  canLeave,
  onDisconnect,
}: {
  members: readonly NetworkMember[]
  canLeave: boolean
  onDisconnect: (member: NetworkMember) => void
}) {
  return (
    <Table label="Containers in this network" isTall>
      <TableHead>
        <HeadCell>Container</HeadCell>
        <HeadCell>State</HeadCell>
        <HeadCell>Names that work here</HeadCell>
        <HeadCell>Address</HeadCell>
        <HeadCell>
          <span className="sr-only">Actions</span>
        </HeadCell>
      </TableHead>
      <TableBody>
        {members.map((member) => (
          <MemberLine
            key={member.container.id}
            member={member}
            onDisconnect={canLeave ? () => onDisconnect(member) : null}
          />
        ))}
      </TableBody>
    </Table>
  )
}

function MemberLine({ member, onDisconnect }: { member: NetworkMember; onDisconnect: (() => void) | null }) {
  const { container } = member
  const { tone, text } = fullWords(container, useNowMs())
  return (
    <Row data-row={container.id}>
      <Cell narrow="title" className="max-w-56 truncate">
        <Link href={pages.container(container.id)} prefetch={false} className="font-medium hover:underline">
          {container.name}
        </Link>
      </Cell>
      <Cell>
        <State tone={tone}>
          <span suppressHydrationWarning>{text}</span>
        </State>
      </Cell>
      <Cell className="whitespace-normal!">
        {member.names.length === 0 ? (
          <span className="text-faint">none</span>
        ) : (
          <span className="flex flex-wrap gap-1">
            {member.names.map((name) => (
              <Code key={name}>{name}</Code>
            ))}
          </span>
        )}
      </Cell>
      <Cell className="font-mono text-xs">
        {member.isAttached ? (
          <>
            {member.ipAddress || '–'}
            {member.ipv6Address ? <span className="block text-faint">{member.ipv6Address}</span> : null}
          </>
        ) : (
          <span className="font-sans text-faint">joins at start</span>
        )}
      </Cell>
      <Cell narrow="end" align="end">
        {onDisconnect ? (
          <IconButton
            needs="operator"
            icon={Unplug}
            label={`Disconnect ${container.name}`}
            onClick={onDisconnect}
          />
        ) : null}
      </Cell>
    </Row>
  )
}
