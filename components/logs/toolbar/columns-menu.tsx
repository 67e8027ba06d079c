'use client'

import { Columns3 } from 'lucide-react'
import { IconButton } from '#components/ui/icon-button'
import { Menu, MenuDivider, MenuItem } from '#components/ui/menu'
import { cx } from '#lib/format/cx'
import { fieldsOf } from '#lib/logs/structure/fields'
import { showHidden } from '#lib/logs/visible-text'
import { useLogPage } from '../log-page.tsx'
import type { LineStore } from '../store/line-store.ts'

const sampleLines = 2_000
const maxFields = 60

/** Which fields of JSON and logfmt lines get a column of their own. */
export function ColumnsMenu() {
  const { view } = useLogPage()
  return (
    <Menu
      label="Columns"
      trigger={
        <IconButton
          label="Columns of fields"
          icon={Columns3}
          className={cx(view.columns.length > 0 && 'bg-accent-soft text-accent')}
        />
      }
    >
      <ColumnItems />
    </Menu>
  )
}

/** Mounted while the menu is open: the fields are counted then, and not with every line. */
function ColumnItems() {
  const { session, view, change } = useLogPage()
  const chosen = new Set(view.columns.map((column) => column.key))
  const seen = seenFields(session.store)
  const missing = view.columns.filter((column) => !seen.some(([key]) => key === column.key))
  if (seen.length === 0 && missing.length === 0)
    return (
      <p className="max-w-64 px-2 py-1 text-xs text-muted">
        The lines here have no fields. JSON and key=value lines get columns.
      </p>
    )
  const toggle = (key: string): void =>
    change({
      columns: chosen.has(key)
        ? view.columns.filter((column) => column.key !== key)
        : [...view.columns, { key, width: null }],
    })
  return (
    <>
      {chosen.size > 0 ? (
        <>
          <MenuItem onSelect={() => change({ columns: [] })}>No columns</MenuItem>
          <MenuDivider />
        </>
      ) : null}
      {[...missing.map(({ key }) => [key, 0] as const), ...seen].map(([key, count]) => (
        <MenuItem key={key} shortcut={count.toLocaleString('en')} onSelect={() => toggle(key)}>
          <span className="font-mono text-xs">{`${chosen.has(key) ? '✓ ' : ''}${showHidden(key)}`}</span>
        </MenuItem>
      ))}
    </>
  )
}

/** The fields of the last lines on screen, the most frequent first, each with how many lines have it. */
function seenFields(store: LineStore): [string, number][] {
  const counts = new Map<string, number>()
  for (let position = Math.max(0, store.rowCount - sampleLines); position < store.rowCount; position += 1)
    for (const { key } of fieldsOf(store.text(store.idAt(position))))
      counts.set(key, (counts.get(key) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1]).slice(0, maxFields)
}
