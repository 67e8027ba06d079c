'use client'

import { type Ref, useImperativeHandle, useLayoutEffect, useRef } from 'react'
import { useLogPage } from '../log-page.tsx'
import { ColumnHeads, columnsOf, headHeight } from './columns.tsx'
import { LogRow } from './log-row.tsx'
import { rowHeight } from './row-heights.ts'
import { type RowScroll, useRowScroll } from './use-row-scroll.tsx'

const overscan = 8

export type LogListHandle = Pick<RowScroll, 'reveal' | 'topPosition' | 'page'>

/** The rows on screen of however many there are. */
export function LogList({ handle }: { handle: Ref<LogListHandle> }) {
  const logPage = useLogPage()
  const { session, version, view, reading } = logPage
  const { isWrapped } = view
  const { range } = reading
  const count = session.store.rowCount
  const headerHeight = view.columns.length > 0 ? headHeight : 0
  const { scroller, onScroll, height, spacer, top, heights, reveal, topPosition, page } =
    useRowScroll(headerHeight)
  useImperativeHandle(handle, () => ({ reveal, topPosition, page }))

  const rowsOnScreen = Math.ceil(height / rowHeight) + 1
  const isAtEnd = isWrapped && reading.isFollowing
  const first = isAtEnd
    ? Math.max(0, count - rowsOnScreen)
    : Math.max(0, Math.floor(top / rowHeight) - overscan)
  const last = Math.min(count, first + rowsOnScreen + (isAtEnd ? 0 : 2 * overscan))
  const ids = Array.from({ length: Math.max(0, last - first) }, (_, i) => session.store.idAt(first + i))
  const rowsElement = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = rowsElement.current
    // Rows that are not wrapped are all the same: nothing needs measuring.
    heights.set(isWrapped ? element : null, first)
    if (!element) return
    const position = Math.floor(top / rowHeight)
    const hidden = ((top % rowHeight) / rowHeight) * heights.of(position)
    element.style.transform = isAtEnd ? '' : `translateY(${-heights.above(position) - hidden}px)`
  })

  const columns = columnsOf(logPage, ids)
  return (
    <div
      ref={scroller}
      onScroll={onScroll}
      data-log-list
      data-rows={count}
      role="log"
      aria-label="Log lines"
      aria-live="off"
      // A list that scrolls must be reachable by the keyboard.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className="@container min-h-0 flex-1 overflow-auto font-mono text-xs leading-5 -outline-offset-2 [overflow-anchor:none]"
    >
      <div style={{ height: spacer + headerHeight }} className={isWrapped ? 'w-full' : 'w-max min-w-full'}>
        <div
          style={{ height: height + headerHeight }}
          className="sticky top-0 overflow-x-visible overflow-y-clip"
        >
          {headerHeight > 0 ? <ColumnHeads columns={columns} /> : null}
          <div ref={rowsElement} className={isAtEnd ? 'absolute inset-x-0 bottom-0' : undefined}>
            {ids.map((id, index) => (
              <LogRow
                key={id}
                session={session}
                id={id}
                time={view.time}
                hasSources={session.sources.length > 1}
                columns={columns}
                isWrapped={isWrapped}
                isCurrent={reading.currentId === id}
                isSelected={range !== null && first + index >= range[0] && first + index <= range[1]}
                onOpen={logPage.openLine}
                onSelect={reading.select}
                version={version}
              />
            ))}
          </div>
        </div>
      </div>
    </div>
  )
}
