import { Trash2 } from 'lucide-react'
import Link from 'next/link'
import { Bytes } from '#components/ui/bytes'
import { CheckBox } from '#components/ui/checkbox'
import { Menu, MenuItem } from '#components/ui/menu'
import { RelativeTime } from '#components/ui/relative-time'
import { SortHead } from '#components/ui/sort-head'
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '#components/ui/table'
import { pages } from '#lib/api/paths'
import { command } from '#lib/docker/command'
import type { ImageFilter, ImageRow, ImageSort } from '#lib/docker/images/image-list'
import { imageName, shortImageId } from '#lib/docker/images/image-users'
import type { ListView } from '#lib/docker/resource-list'
import { ImageBadges, ImageTitle, ImageUsers } from './image-words.tsx'

type View = ListView<ImageSort, ImageFilter>

export interface ImageTableProps {
  rows: readonly ImageRow[]
  view: View
  onView: (change: Partial<View>) => void
  cursor: string | null
  selected: ReadonlySet<string>
  onToggle: (id: string) => void
  onSelectAll: (isAll: boolean) => void
  onRemove: (id: string) => void
}

export function ImageTable(props: ImageTableProps) {
  const { rows, selected } = props
  const sorts = { view: props.view, onSort: props.onView }
  const isAll = rows.every(({ image }) => selected.has(image.id))
  return (
    <Table label="Images">
      <TableHead>
        <HeadCell className="w-7">
          <CheckBox
            aria-label="Select all shown"
            isChecked={isAll}
            isMixed={!isAll && selected.size > 0}
            onChange={props.onSelectAll}
          />
        </HeadCell>
        <SortHead name="name" {...sorts}>
          Image
        </SortHead>
        <SortHead name="users" {...sorts} beginsDescending>
          Used by
        </SortHead>
        <SortHead name="id" {...sorts} className="@max-[60rem]/body:hidden">
          Id
        </SortHead>
        <SortHead name="created" {...sorts} beginsDescending className="@max-[54rem]/body:hidden">
          Built
        </SortHead>
        <SortHead name="unique" {...sorts} beginsDescending align="end" className="@max-[60rem]/body:hidden">
          Only its own
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
          <ImageLine
            key={row.image.id}
            row={row}
            isCursor={props.cursor === row.image.id}
            isSelected={selected.has(row.image.id)}
            onToggle={props.onToggle}
            onRemove={props.onRemove}
          />
        ))}
      </TableBody>
    </Table>
  )
}

interface ImageLineProps {
  row: ImageRow
  isCursor: boolean
  isSelected: boolean
  onToggle: (id: string) => void
  onRemove: (id: string) => void
}

function ImageLine({ row, isCursor, isSelected, onToggle, onRemove }: ImageLineProps) {
  const { image, users } = row
  const name = imageName(image)
  return (
    <Row data-row={image.id} isCursor={isCursor} isSelected={isSelected}>
      <Cell narrow="check">
        <CheckBox aria-label={`Select ${name}`} isChecked={isSelected} onChange={() => onToggle(image.id)} />
      </Cell>
      <Cell narrow="title">
        <span className="flex min-w-0 items-center gap-2">
          <Link
            href={pages.image(image.id)}
            prefetch={false}
            title={image.tags.join('\n')}
            className="max-w-96 truncate font-medium hover:underline"
          >
            <ImageTitle image={image} />
          </Link>
          {image.tags.length > 1 ? (
            <span className="shrink-0 text-faint">+{image.tags.length - 1}</span>
          ) : null}
          <ImageBadges image={image} isUnused={users.length === 0} />
        </span>
      </Cell>
      <Cell className="max-w-64">
        <ImageUsers users={users} />
      </Cell>
      <Cell className="font-mono text-xs text-muted @max-[60rem]/body:hidden" narrow="hidden">
        {shortImageId(image.id)}
      </Cell>
      <Cell className="text-muted @max-[54rem]/body:hidden">
        <RelativeTime atMs={image.createdAtMs} />
      </Cell>
      <Cell align="end" className="min-w-20 @max-[60rem]/body:hidden" narrow="hidden">
        <Bytes value={row.uniqueBytes} />
      </Cell>
      <Cell align="end">
        <Bytes value={image.sizeBytes} />
      </Cell>
      <Cell narrow="end" align="end">
        <Menu label={`Actions for ${name}`}>
          <MenuItem
            needs="engine"
            icon={Trash2}
            tone="danger"
            command={command.rmi([shortImageId(image.id)])}
            onSelect={() => onRemove(image.id)}
          >
            Remove…
          </MenuItem>
        </Menu>
      </Cell>
    </Row>
  )
}
