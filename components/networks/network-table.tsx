import { Trash2 } from 'lucide-react'
import Link from 'next/link'
import { Menu, MenuItem } from '#components/ui/menu'
import { RelativeTime } from '#components/ui/relative-time'
import { SortHead } from '#components/ui/sort-head'
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '#components/ui/table'
import { pages } from '#lib/api/paths'
import { command } from '#lib/docker/command'
import type { Network } from '#lib/docker/networks/network'
import type { NetworkFilter, NetworkRow, NetworkSort } from '#lib/docker/networks/network-list'
import type { ListView } from '#lib/docker/resource-list'
import { memberWords, NetworkBadges } from './network-words.tsx'

type View = ListView<NetworkSort, NetworkFilter>

export interface NetworkTableProps {
  rows: readonly NetworkRow[]
  view: View
  onView: (change: Partial<View>) => void
  cursor: string | null
  onRemove: (network: Network) => void
}

export function NetworkTable({ rows, view, onView, cursor, onRemove }: NetworkTableProps) {
  const sorts = { view, onSort: onView }
  return (
    <Table label="Networks">
      <TableHead>
        <SortHead name="name" {...sorts}>
          Name
        </SortHead>
        <SortHead name="members" {...sorts} beginsDescending>
          Containers
        </SortHead>
        <SortHead name="driver" {...sorts}>
          Driver
        </SortHead>
        <HeadCell>Subnet</HeadCell>
        <SortHead name="project" {...sorts} className="@max-[60rem]/body:hidden">
          Project
        </SortHead>
        <SortHead name="created" {...sorts} beginsDescending className="@max-[72rem]/body:hidden">
          Created
        </SortHead>
        <HeadCell>
          <span className="sr-only">Actions</span>
        </HeadCell>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <NetworkLine
            key={row.network.id}
            row={row}
            isCursor={cursor === row.network.id}
            onRemove={onRemove}
          />
        ))}
      </TableBody>
    </Table>
  )
}

function NetworkLine({
  row,
  isCursor,
  onRemove,
}: {
  row: NetworkRow
  isCursor: boolean
  onRemove: (network: Network) => void
}) {
  const { network } = row
  return (
    <Row data-row={network.id} isCursor={isCursor}>
      <Cell narrow="title" className="@min-[44rem]/body:w-2/5 @min-[44rem]/body:max-w-0">
        <span className="flex min-w-0 items-center gap-2">
          <Link
            href={pages.network(network.id)}
            prefetch={false}
            title={network.name}
            className="min-w-0 truncate font-medium hover:underline"
          >
            {network.name}
          </Link>
          <NetworkBadges network={network} isUnused={row.isUnused} />
        </span>
      </Cell>
      <Cell className={row.attached + row.stopped === 0 ? 'text-faint' : ''}>
        {memberWords(row)}
        <span className="hidden @max-[44rem]/body:inline">
          {row.attached + row.stopped === 1 ? ' container' : ' containers'}
        </span>
      </Cell>
      <Cell className="text-muted">
        {network.driver}
        {network.scope === 'local' ? null : <span className="text-faint">, {network.scope}</span>}
      </Cell>
      <Cell className="font-mono text-xs text-muted">
        {network.subnets.length === 0 ? <span className="font-sans text-faint">none</span> : null}
        {network.subnets.map(({ subnet }) => subnet).join(', ')}
      </Cell>
      <Cell className="max-w-40 truncate @max-[60rem]/body:hidden" narrow="hidden">
        {network.compose ? (
          <Link
            href={pages.project(network.compose.project)}
            prefetch={false}
            className="text-muted hover:text-text hover:underline"
          >
            {network.compose.project}
          </Link>
        ) : (
          <span className="text-faint">none</span>
        )}
      </Cell>
      <Cell className="text-muted @max-[72rem]/body:hidden" narrow="hidden">
        <RelativeTime atMs={network.createdAtMs} />
      </Cell>
      <Cell narrow="end" align="end">
        {network.isBuiltIn ? null : (
          <Menu label={`Actions for ${network.name}`}>
            <MenuItem
              needs="operator"
              icon={Trash2}
              tone="danger"
              command={command.networkRm([network.name])}
              onSelect={() => onRemove(network)}
            >
              Remove…
            </MenuItem>
          </Menu>
        )}
      </Cell>
    </Row>
  )
}
