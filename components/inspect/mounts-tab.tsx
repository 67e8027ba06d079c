'use client'

import Link from 'next/link'
import { useContainer } from '#components/live/hooks'
import { EmptyState } from '#components/ui/empty-state'
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '#components/ui/table'
import { pages } from '#lib/api/paths'
import type { ContainerMount } from '#lib/docker/containers/container'

/** Where the container's data lives outside it. */
export function MountsTab({ id }: { id: string }) {
  const mounts = useContainer(id)?.mounts ?? []
  if (mounts.length === 0)
    return (
      <EmptyState title="No mounts">
        What this container writes lives in its own layer and goes when it is removed. To keep data, give the
        service a named volume.
      </EmptyState>
    )
  return (
    <div className="pt-4">
      <Table label="Mounts">
        <TableHead>
          <HeadCell>Inside</HeadCell>
          <HeadCell>Kind</HeadCell>
          <HeadCell>From</HeadCell>
          <HeadCell>Access</HeadCell>
          <HeadCell>Kept by</HeadCell>
        </TableHead>
        <TableBody>
          {mounts.map((mount) => (
            <Row key={mount.destination}>
              <Cell narrow="title" isWrapping className="font-mono text-xs">
                {mount.destination}
              </Cell>
              <Cell>{mount.type}</Cell>
              <Cell isWrapping className="font-mono text-xs">
                {mount.type === 'volume' ? (
                  <Link
                    href={pages.volume(mount.name)}
                    prefetch={false}
                    className="text-accent hover:underline"
                  >
                    {mount.name}
                  </Link>
                ) : (
                  mount.source || 'memory'
                )}
              </Cell>
              <Cell>{mount.isReadOnly ? 'read-only' : 'read and write'}</Cell>
              <Cell className="text-muted">{keeperOf(mount)}</Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
    </div>
  )
}

function keeperOf(mount: ContainerMount): string {
  if (mount.type === 'volume')
    return /^[a-f0-9]{64}$/.test(mount.name) ? 'a volume without a name' : 'the volume, also after down'
  if (mount.type === 'bind') return 'a folder of this machine'
  return mount.type === 'tmpfs' ? 'memory: gone when it stops' : mount.type
}
