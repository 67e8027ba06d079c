'use client'

import { useRef } from 'react'
import { fieldsOf } from '#lib/logs/structure/fields'
import { showHidden } from '#lib/logs/visible-text'
import { type LogPage, useLogPage } from '../log-page.tsx'

/** A column of a field, its width in characters. */
export interface FieldColumn {
  key: string
  width: number
}

const minWidth = 4
const maxWidth = 200
const pixelsPerCharacter = 7.2

export const headHeight = 24

/** The chosen columns; those without a width are as wide as the widest value that was on screen. */
export function columnsOf({ session, view }: LogPage, rowIds: readonly number[]): readonly FieldColumn[] {
  if (view.columns.length === 0) return []
  for (const id of rowIds) session.fieldWidths.see(session.store.text(id))
  return view.columns.map(({ key, width }) => ({ key, width: width ?? session.fieldWidths.widthOf(key) }))
}

/** The values of one line in the chosen columns. */
export function FieldCells({ text, columns }: { text: string; columns: readonly FieldColumn[] }) {
  const fields = new Map(fieldsOf(text).map(({ key, value }) => [key, value]))
  return columns.map(({ key, width }) => {
    const value = showHidden(fields.get(key) ?? '')
    return (
      <span
        key={key}
        data-column={key}
        title={value}
        style={{ width: `${width}ch` }}
        className="shrink-0 truncate text-muted"
      >
        {value}
      </span>
    )
  })
}

/** The names of the chosen columns over the rows, each with a grip to make it wider. */
export function ColumnHeads({ columns }: { columns: readonly FieldColumn[] }) {
  const { session, view, change } = useLogPage()
  const setWidth = (key: string, width: number): void =>
    change({
      columns: view.columns.map((column) =>
        column.key === key ? { key, width: Math.max(minWidth, Math.min(maxWidth, width)) } : column,
      ),
    })
  return (
    <div
      data-column-heads
      style={{ height: headHeight }}
      className="relative z-10 flex items-center gap-3 max-sm:gap-2 border-b border-l-2 border-line border-l-transparent bg-bg pr-4 pl-[14px] text-faint select-none sm:pl-[22px]"
    >
      {view.time === 'off' ? null : <span className={timeWidth(view.time)}>time</span>}
      {session.sources.length > 1 ? <span className="w-[10ch] shrink-0 max-sm:w-[7ch]">service</span> : null}
      <span className="w-[5ch] shrink-0 max-sm:hidden">level</span>
      <span className="w-[1ch] shrink-0" />
      {columns.map((column) => (
        <span
          key={column.key}
          style={{ width: `${column.width}ch` }}
          className="relative shrink-0 truncate"
          title={column.key}
        >
          {showHidden(column.key)}
          <ColumnGrip column={column} onChange={(width) => setWidth(column.key, width)} />
        </span>
      ))}
      <span>line</span>
    </div>
  )
}

export function timeWidth(time: string): string {
  return time === 'time'
    ? 'w-[12ch] shrink-0 max-sm:w-[8ch]'
    : time === 'utc'
      ? 'w-[24ch] shrink-0'
      : 'w-[23ch] shrink-0'
}

function ColumnGrip({ column, onChange }: { column: FieldColumn; onChange: (width: number) => void }) {
  const start = useRef({ x: 0, width: 0 })
  return (
    <span
      role="slider"
      tabIndex={0}
      aria-label={`Width of ${column.key}`}
      aria-valuenow={column.width}
      aria-valuemin={minWidth}
      aria-valuemax={maxWidth}
      onPointerDown={(event) => {
        start.current = { x: event.clientX, width: column.width }
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
        onChange(start.current.width + Math.round((event.clientX - start.current.x) / pixelsPerCharacter))
      }}
      onKeyDown={(event) => {
        if (event.key === 'ArrowLeft') onChange(column.width - 1)
        if (event.key === 'ArrowRight') onChange(column.width + 1)
      }}
      className="absolute inset-y-0 right-0 w-1.5 cursor-col-resize border-r border-line-strong hover:border-accent focus-visible:border-accent"
    />
  )
}
