'use client'

import Link from 'next/link'
import { useContainer, useContainers } from '#components/live/hooks'
import { EmptyState } from '#components/ui/empty-state'
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '#components/ui/table'
import { pages } from '#lib/api/paths'
import { command } from '#lib/docker/command'

/** The networks this container is on, the names it answers to there, and who else is there. */
export function NetworksTab({ id }: { id: string }) {
  const container = useContainer(id)
  const containers = useContainers()
  const networks = container?.networks ?? []
  if (networks.length === 0)
    return (
      <EmptyState title="On no network" commands={[command.networks()]}>
        This container reaches nothing and nothing reaches it. Connect it from a network’s page.
      </EmptyState>
    )
  return (
    <div className="pt-4">
      <Table label="Networks">
        <TableHead>
          <HeadCell>Network</HeadCell>
          <HeadCell>Address</HeadCell>
          <HeadCell>Answers to</HeadCell>
          <HeadCell>With</HeadCell>
        </TableHead>
        <TableBody>
          {networks.map((network) => {
            const others = containers.filter(
              (other) =>
                other.id !== container?.id && other.networks.some(({ name }) => name === network.name),
            )
            return (
              <Row key={network.name}>
                <Cell narrow="title" isWrapping>
                  {network.networkId ? (
                    <Link
                      href={pages.network(network.networkId)}
                      prefetch={false}
                      className="text-accent hover:underline"
                    >
                      {network.name}
                    </Link>
                  ) : (
                    network.name
                  )}
                </Cell>
                <Cell className="font-mono text-xs">{network.ipAddress || 'none while stopped'}</Cell>
                <Cell isWrapping className="font-mono text-xs">
                  {network.dnsNames.join(', ') || (
                    <span className="text-faint">no names on this network</span>
                  )}
                </Cell>
                <Cell className="text-muted">
                  {others.map(({ name }) => name).join(', ') || 'nobody else'}
                </Cell>
              </Row>
            )
          })}
        </TableBody>
      </Table>
    </div>
  )
}
