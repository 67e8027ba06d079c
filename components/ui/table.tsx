/* oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role -- display: flex takes the roles of table parts away in Safari */
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { cx } from '#lib/format/cx'

/**
 * A table whose rows become two-line items where the page body is narrow (see `.table` in globals.css): say with `narrow` where
 * a cell goes then. Roles are spelled out because `display: flex` would take them away.
 */
export function Table({
  label,
  isTall = false,
  className,
  children,
}: {
  label: string
  isTall?: boolean
  className?: string
  children: ReactNode
}) {
  return (
    <table role="table" aria-label={label} className={cx('table', className)} data-tall={isTall || undefined}>
      {children}
    </table>
  )
}

export function TableHead({ children }: { children: ReactNode }) {
  return (
    <thead role="rowgroup">
      <tr role="row">{children}</tr>
    </thead>
  )
}

export function TableBody({ children }: { children: ReactNode }) {
  return <tbody role="rowgroup">{children}</tbody>
}

export interface RowProps extends ComponentProps<'tr'> {
  isSelected?: boolean
  /** The row the keyboard stands on. */
  isCursor?: boolean
}

export function Row({ isSelected = false, isCursor = false, ...rest }: RowProps) {
  return (
    <tr role="row" {...rest} data-selected={isSelected || undefined} data-cursor={isCursor || undefined} />
  )
}

export interface CellProps extends Omit<ComponentProps<'td'>, 'align'> {
  /** Where the cell goes on a narrow page: the first line, its end, the line of details, or nowhere. */
  narrow?: 'check' | 'title' | 'end' | 'detail' | 'hidden'
  align?: 'start' | 'end'
  /** Long text goes on in the next line, also inside a word; without it a cell is one line. */
  isWrapping?: boolean
}

export function Cell({ narrow = 'detail', align = 'start', isWrapping = false, ...rest }: CellProps) {
  return (
    <td
      role="cell"
      {...rest}
      data-narrow={narrow}
      data-align={align}
      data-wrapping={isWrapping || undefined}
    />
  )
}

export interface HeadCellProps {
  children?: ReactNode
  align?: 'start' | 'end'
  className?: string
  /** Makes the head a button that sorts. */
  sort?: { direction: 'ascending' | 'descending' | null; onSort: () => void }
}

/** A column's head; for a column of buttons pass `<span className="sr-only">Actions</span>`. */
export function HeadCell({ children, align = 'start', sort, className }: HeadCellProps) {
  const Arrow = sort?.direction === 'descending' ? ArrowDown : ArrowUp
  return (
    <th
      role="columnheader"
      scope="col"
      data-align={align}
      className={className}
      aria-sort={sort ? (sort.direction ?? 'none') : undefined}
    >
      {sort ? (
        <button
          type="button"
          onClick={sort.onSort}
          className={cx(
            'group inline-flex h-7 items-center gap-1 rounded-sm hover:text-text',
            align === 'end' && 'flex-row-reverse',
            sort.direction && 'text-text',
          )}
        >
          {children}
          <Arrow
            aria-hidden
            className={cx(
              'size-3',
              !sort.direction && 'opacity-0 group-hover:opacity-50 group-focus-visible:opacity-50',
            )}
          />
        </button>
      ) : (
        children
      )}
    </th>
  )
}
