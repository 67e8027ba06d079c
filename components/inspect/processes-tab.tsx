'use client'

import { useQuery } from '@tanstack/react-query'
import { useContainer } from '#components/live/hooks'
import { Button } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { ErrorPanel } from '#components/ui/error-panel'
import { SkeletonRows } from '#components/ui/skeleton'
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '#components/ui/table'
import { getJson } from '#lib/api/client'
import { paths } from '#lib/api/paths'
import { queryKeys } from '#lib/api/query-keys'
import { command } from '#lib/docker/command'
import type { ProcessTable } from '#lib/docker/containers/container-detail'

/** What runs inside, as the machine's ps sees it; read again on request, not by the clock. */
export function ProcessesTab({ id }: { id: string }) {
  const container = useContainer(id)
  const isRunning = container?.state === 'running' || container?.state === 'paused'
  const fullId = container?.id ?? id
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: queryKeys.containerProcesses(fullId),
    queryFn: ({ signal }) => getJson<ProcessTable>(paths.containerProcesses(fullId), { signal }),
    enabled: isRunning,
    staleTime: 0,
  })
  if (container && !isRunning)
    return (
      <EmptyState title="No processes" commands={[command.act('start', [container.name])]}>
        This container does not run. Start it and look again.
      </EmptyState>
    )
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonRows label="Reading the processes" />
  return (
    <div className="grid grid-cols-1 gap-3 pt-4">
      <div className="flex items-center gap-3">
        <Button onClick={() => void refetch()} isPending={isFetching}>
          Read again
        </Button>
        <p className="text-xs text-faint">Ids are those of the machine, not of the container.</p>
      </div>
      <Table label="Processes">
        <TableHead>
          {data.titles.map((title) => (
            <HeadCell key={title}>{title}</HeadCell>
          ))}
        </TableHead>
        <TableBody>
          {data.rows.map((row) => (
            <Row key={row[0]}>
              {row.map((text, column) => (
                <Cell
                  key={data.titles[column]}
                  narrow={column === row.length - 1 ? 'title' : 'detail'}
                  isWrapping={column === row.length - 1}
                  className="font-mono text-xs"
                >
                  {text}
                </Cell>
              ))}
            </Row>
          ))}
        </TableBody>
      </Table>
    </div>
  )
}
