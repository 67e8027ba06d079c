import type { ListView } from '#lib/docker/resource-list'
import { HeadCell, type HeadCellProps } from './table.tsx'

export interface SortHeadProps<Sort extends string> extends Omit<HeadCellProps, 'sort' | 'children'> {
  name: Sort
  view: Pick<ListView<Sort, string>, 'sort' | 'isDescending'>
  onSort: (change: { sort: Sort; isDescending: boolean }) => void
  /** Numbers and times begin with the most. */
  beginsDescending?: boolean
  children: string
}

/** A column's head that sorts by it; a second press turns the order round. */
export function SortHead<Sort extends string>({
  name,
  view,
  onSort,
  beginsDescending = false,
  children,
  ...rest
}: SortHeadProps<Sort>) {
  const isMine = view.sort === name
  return (
    <HeadCell
      {...rest}
      sort={{
        direction: isMine ? (view.isDescending ? 'descending' : 'ascending') : null,
        onSort: () => onSort({ sort: name, isDescending: isMine ? !view.isDescending : beginsDescending }),
      }}
    >
      {children}
    </HeadCell>
  )
}
