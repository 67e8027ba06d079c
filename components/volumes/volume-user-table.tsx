import Link from 'next/link'
import { useNowMs } from '#components/ui/relative-time'
import { State } from '#components/ui/state'
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '#components/ui/table'
import { pages } from '#lib/api/paths'
import { fullWords } from '#lib/docker/containers/container-words'
import type { VolumeUser } from '#lib/docker/volumes/volume-users'

/** Who mounts a volume, where, and whether they may write. */
export function VolumeUserTable({ users }: { users: readonly VolumeUser[] }) {
  const nowMs = useNowMs()
  return (
    <Table label="Containers that mount this volume">
      <TableHead>
        <HeadCell>Container</HeadCell>
        <HeadCell>State</HeadCell>
        <HeadCell>Mounted at</HeadCell>
        <HeadCell>Access</HeadCell>
      </TableHead>
      <TableBody>
        {users.map(({ container, destination, isReadOnly }) => {
          const { tone, text } = fullWords(container, nowMs)
          return (
            <Row key={`${container.id} ${destination}`} data-row={container.id}>
              <Cell narrow="title" className="max-w-56 truncate">
                <Link
                  href={pages.container(container.id)}
                  prefetch={false}
                  className="font-medium hover:underline"
                >
                  {container.name}
                </Link>
              </Cell>
              <Cell>
                <State tone={tone}>
                  <span suppressHydrationWarning>{text}</span>
                </State>
              </Cell>
              <Cell isWrapping className="font-mono text-xs">
                {destination}
              </Cell>
              <Cell className="text-muted">{isReadOnly ? 'read only' : 'reads and writes'}</Cell>
            </Row>
          )
        })}
      </TableBody>
    </Table>
  )
}
