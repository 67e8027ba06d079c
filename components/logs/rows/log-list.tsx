'use client'

import { type Ref, useImperativeHandle } from 'react'
import { useLogPage } from '../log-page.tsx'
import { LogRow } from './log-row.tsx'
import { rowHeight, useRowScroll } from './use-row-scroll.tsx'

const overscan = 8

export interface LogListHandle {
  /** Brings a row into view, in the middle when it is not there yet. */
  reveal: (position: number) => void
  topPosition: () => number
}

/** The rows on screen of however many there are. */
export function LogList({ handle }: { handle: Ref<LogListHandle> }) {
  const { session, version, view, reading, open } = useLogPage()
  const { isWrapped } = view
  const { range } = reading
  const count = session.store.rowCount
  const { scroller, onScroll, height, spacer, top, reveal, topPosition } = useRowScroll()
  useImperativeHandle(handle, () => ({ reveal, topPosition }))

  const rowsOnScreen = Math.ceil(height / rowHeight) + 1
  const isAtEnd = isWrapped && reading.isFollowing
  const first = isAtEnd
    ? Math.max(0, count - rowsOnScreen)
    : Math.max(0, Math.floor(top / rowHeight) - (isWrapped ? 0 : overscan))
  const last = Math.min(count, first + rowsOnScreen + (isWrapped ? 0 : 2 * overscan))
  const rows: React.ReactNode[] = []
  for (let position = first; position < last; position += 1) {
    const id = session.store.idAt(position)
    rows.push(
      <LogRow
        key={id}
        session={session}
        id={id}
        position={position}
        time={view.time}
        hasSources={session.sources.length > 1}
        isWrapped={isWrapped}
        isCurrent={reading.currentId === id}
        isSelected={range !== null && position >= range[0] && position <= range[1]}
        onOpen={() => {
          reading.setCurrentId(id)
          open(id)
        }}
        onSelect={reading.select}
        onLoadOlder={() => void session.loadOlder()}
        version={version}
      />,
    )
  }
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
      <div style={{ height: spacer }} className={isWrapped ? 'w-full' : 'w-max min-w-full'}>
        <div style={{ height }} className="sticky top-0 overflow-x-visible overflow-y-clip">
          <div
            className={isAtEnd ? 'absolute inset-x-0 bottom-0' : undefined}
            style={isAtEnd ? undefined : { transform: `translateY(${first * rowHeight - top}px)` }}
          >
            {rows}
          </div>
        </div>
      </div>
    </div>
  )
}
