'use client'

import {
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import type { LogSession } from './log-session.ts'
import { LogRow } from './log-row.tsx'
import type { TimeMode } from './use-log-view.tsx'

const rowHeight = 20
/** Browsers clamp the height of elements (Firefox at 17.9 million pixels): beyond this, scrolling is scaled. */
const maxHeight = 10_000_000
const overscan = 8

export interface LogListHandle {
  /** Brings a row into view, in the middle when it is not there yet. */
  reveal: (position: number) => void
  topPosition: () => number
}

export interface LogListProps {
  session: LogSession
  version: number
  handle: Ref<LogListHandle>
  isFollowing: boolean
  onFollow: (isFollowing: boolean) => void
  time: TimeMode
  isWrapped: boolean
  currentId: number | null
  isSelected: (id: number) => boolean
  onOpen: (id: number) => void
  onSelect: (id: number, isRange: boolean) => void
}

/** The rows on screen of however many there are: own scrolling, since ready-made lists stop at 33 million pixels. */
export function LogList(props: LogListProps) {
  const { session, version, isFollowing, onFollow, isWrapped } = props
  const scroller = useRef<HTMLDivElement>(null)
  const [height, setHeight] = useState(0)
  const [top, setTop] = useState(0)
  /** Where the list is, in pixels of all rows; what scrollTop says is this, scaled. */
  const place = useRef({ top: 0, anchorId: -1, anchorPosition: 0, isOwn: false })
  const count = session.store.rowCount
  const total = isWrapped ? Math.max(0, count - 1) * rowHeight + height : count * rowHeight
  const spacer = Math.max(height, Math.min(total, maxHeight))
  const limit = Math.max(0, total - height)
  const isScaled = total > spacer

  const moveTo = useCallback(
    (next: number): void => {
      const element = scroller.current
      if (!element) return
      const clamped = Math.max(0, Math.min(limit, next))
      place.current.top = clamped
      const scaled = limit === 0 ? 0 : (clamped / limit) * Math.max(0, spacer - height)
      if (Math.abs(element.scrollTop - scaled) > 0.5) {
        place.current.isOwn = true
        element.scrollTop = scaled
      }
      const position = Math.floor(clamped / rowHeight)
      place.current.anchorPosition = position
      place.current.anchorId = session.store.rowCount > position ? session.store.idAt(position) : -1
      setTop(clamped)
    },
    [limit, spacer, height, session],
  )

  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const observer = new ResizeObserver(() => setHeight(element.clientHeight))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  // After each change: at the end while following, else the row that was at the top stays there.
  useLayoutEffect(() => {
    void version
    if (isFollowing) {
      moveTo(limit)
      return
    }
    const { anchorId, anchorPosition, top: before } = place.current
    if (anchorId < 0) return
    if (session.store.rowCount > anchorPosition && session.store.idAt(anchorPosition) === anchorId) return
    const position = session.store.positionOf(anchorId)
    if (position >= 0) moveTo(before + (position - anchorPosition) * rowHeight)
    else moveTo(before)
  }, [version, isFollowing, limit, moveTo, session])

  const onScroll = (): void => {
    const element = scroller.current
    if (!element) return
    if (place.current.isOwn) {
      place.current.isOwn = false
      return
    }
    const room = Math.max(1, spacer - height)
    moveTo(isScaled ? (element.scrollTop / room) * limit : element.scrollTop)
    onFollow(place.current.top >= limit - rowHeight / 2)
  }

  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const onWheel = (event: WheelEvent): void => {
      if (event.deltaY < 0 && limit > 0) onFollow(false)
      if (!isScaled || event.ctrlKey) return
      // One notch is a few rows, however many rows a pixel of the scroll bar stands for.
      event.preventDefault()
      moveTo(place.current.top + event.deltaY)
      if (event.deltaY > 0) onFollow(place.current.top >= limit - rowHeight / 2)
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [isScaled, limit, moveTo, onFollow])

  useImperativeHandle(
    props.handle,
    () => ({
      reveal: (position) => {
        const y = position * rowHeight
        const isShown = y >= place.current.top && y + rowHeight <= place.current.top + height
        if (!isShown) moveTo(isWrapped ? y - height / 4 : y - height / 2)
      },
      topPosition: () => Math.floor(place.current.top / rowHeight),
    }),
    [moveTo, height, isWrapped],
  )

  const rowsOnScreen = Math.ceil(height / rowHeight) + 1
  const isAtEnd = isWrapped && isFollowing
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
        time={props.time}
        hasSources={session.sources.length > 1}
        isWrapped={isWrapped}
        isCurrent={props.currentId === id}
        isSelected={props.isSelected(id)}
        onOpen={props.onOpen}
        onSelect={props.onSelect}
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
