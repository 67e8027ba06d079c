import { Trash2 } from 'lucide-react'
import Link from 'next/link'
import { Bytes } from '#components/ui/bytes'
import { Menu, MenuItem } from '#components/ui/menu'
import { RelativeTime } from '#components/ui/relative-time'
import { SortHead } from '#components/ui/sort-head'
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '#components/ui/table'
import { pages } from '#lib/api/paths'
import { command } from '#lib/docker/command'
import type { ListView } from '#lib/docker/resource-list'
import type { Volume } from '#lib/docker/volumes/volume'
import type { VolumeFilter, VolumeRow, VolumeSort } from '#lib/docker/volumes/volume-list'
import { VolumeBadges, volumeTitle, VolumeUsers } from './volume-words.tsx'

type View = ListView<VolumeSort, VolumeFilter>

export interface VolumeTableProps {
  rows: readonly VolumeRow[]
  view: View
  onView: (change: Partial<View>) => void
  cursor: string | null
  isMeasured: boolean
  onRemove: (volume: Volume) => void
}

export function VolumeTable({ rows, view, onView, cursor, isMeasured, onRemove }: VolumeTableProps) {
  const sorts = { view, onSort: onView }
  return (
    <Table label="Volumes">
      <TableHead>
        <SortHead name="name" {...sorts}>
          Name
        </SortHead>
        <SortHead name="users" {...sorts} beginsDescending>
          Used by
        </SortHead>
        <SortHead name="project" {...sorts} className="@max-[60rem]/body:hidden">
          Project
        </SortHead>
        <SortHead name="driver" {...sorts} className="@max-[72rem]/body:hidden">
          Driver
        </SortHead>
        <SortHead name="created" {...sorts} beginsDescending className="@max-[72rem]/body:hidden">
          Created
        </SortHead>
        <SortHead name="size" {...sorts} beginsDescending align="end">
          Size
        </SortHead>
        <HeadCell>
          <span className="sr-only">Actions</span>
        </HeadCell>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <VolumeLine
            key={row.volume.name}
            row={row}
            isCursor={cursor === row.volume.name}
            isMeasured={isMeasured}
            onRemove={onRemove}
          />
        ))}
      </TableBody>
    </Table>
  )
}

function VolumeLine({
  row,
  isCursor,
  isMeasured,
  onRemove,
}: {
  row: VolumeRow
  isCursor: boolean
  isMeasured: boolean
  onRemove: (volume: Volume) => void
}) {
  const { volume, users } = row
  return (
    <Row data-row={volume.name} isCursor={isCursor}>
      <Cell narrow="title" className="@min-[44rem]/body:w-1/2 @min-[44rem]/body:max-w-0">
        <span className="flex min-w-0 items-center gap-2">
          <Link
            href={pages.volume(volume.name)}
            prefetch={false}
            title={volume.name}
            className={`min-w-0 truncate font-medium hover:underline ${volume.isAnonymous ? 'font-mono text-xs' : ''}`}
          >
            {volumeTitle(volume)}
          </Link>
          <VolumeBadges volume={volume} isUnused={users.length === 0} />
        </span>
      </Cell>
      <Cell className="max-w-full @min-[44rem]/body:w-1/2 @min-[44rem]/body:max-w-0">
        <VolumeUsers users={users} />
      </Cell>
      <Cell className="max-w-40 truncate @max-[60rem]/body:hidden" narrow="hidden">
        {volume.compose ? (
          <Link
            href={pages.project(volume.compose.project)}
            prefetch={false}
            className="text-muted hover:text-text hover:underline"
          >
            {volume.compose.project}
          </Link>
        ) : (
          <span className="text-faint">none</span>
        )}
      </Cell>
      <Cell className="text-muted @max-[72rem]/body:hidden" narrow="hidden">
        {volume.driver}
      </Cell>
      <Cell className="text-muted @max-[72rem]/body:hidden" narrow="hidden">
        {volume.createdAtMs === null ? (
          <span className="text-faint">unknown</span>
        ) : (
          <RelativeTime atMs={volume.createdAtMs} />
        )}
      </Cell>
      <Cell align="end" className="@min-[44rem]/body:min-w-20">
        {isMeasured ? <Bytes value={row.sizeBytes} /> : <span className="text-faint">not measured</span>}
      </Cell>
      <Cell narrow="end" align="end">
        <Menu label={`Actions for ${volumeTitle(volume)}`}>
          <MenuItem
            needs="operator"
            icon={Trash2}
            tone="danger"
            command={command.volumeRm([volume.name])}
            onSelect={() => onRemove(volume)}
          >
            Remove…
          </MenuItem>
        </Menu>
      </Cell>
    </Row>
  )
}
