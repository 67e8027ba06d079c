'use client'

import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react'
import { useLogPage } from '../log-page.tsx'
import { RowHeights, rowHeight } from './row-heights.ts'
import { useInnerHeight, useWheel } from './use-scroller.tsx'

/** Browsers clamp the height of elements (Firefox at 17.9 million pixels): beyond this, scrolling is scaled. */
const maxHeight = 10_000_000

export interface RowScroll {
  scroller: RefObject<HTMLDivElement | null>
  onScroll: () => void
  /** Of the part on screen. */
  height: number
  /** Of what scrolls. */
  spacer: number
  /** Where the list is: rows times 20, and the part of the first row that is scrolled away. */
  top: number
  heights: RowHeights
  /** Brings a row into view, in the middle when it is not there yet. */
  reveal: (position: number) => void
  topPosition: () => number
  /** A screen down or up. */
  page: (direction: 1 | -1) => void
}

function stay(): void {}

/** Own scrolling of rows, since ready-made lists stop at 33 million pixels. `headerHeight` pixels on top are no rows. */
export function useRowScroll(headerHeight: number): RowScroll {
  const { session, version, view, reading } = useLogPage()
  const { isFollowing } = reading
  // In the past, reaching the last line held is not reaching the end.
  const follow = session.place ? stay : reading.follow
  const { isWrapped } = view
  const scroller = useRef<HTMLDivElement>(null)
  const height = useInnerHeight(scroller, headerHeight)
  const [top, setTop] = useState(0)
  const [heights] = useState(() => new RowHeights())
  const place = useRef({ top: 0, anchorId: -1, anchorPosition: 0, isOwn: false })
  const count = session.store.rowCount
  const total = isWrapped ? Math.max(0, count - 1) * rowHeight + height : count * rowHeight
  const spacer = Math.max(height, Math.min(total, maxHeight))
  const limit = Math.max(0, total - height)
  const isScaled = isWrapped || total > spacer

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
  /** By pixels of what is on screen, however high the rows are. */
  const moveBy = (pixels: number): void => {
    if (!isWrapped) {
      moveTo(place.current.top + pixels)
      if (pixels > 0) follow(place.current.top >= limit - rowHeight / 2)
      return
    }
    const from = isFollowing ? heights.topAtEnd(height) : place.current.top
    const next = heights.move(from, pixels, count)
    moveTo(next)
    if (pixels > 0 && heights.endsOnScreen(next, height, count)) follow(true)
  }

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
    moveTo((element.scrollTop / room) * limit)
    follow(place.current.top >= limit - rowHeight / 2)
  }

  useWheel(scroller, { isScaled, moveBy, onUp: () => limit > 0 && follow(false) })

  const reveal = (position: number): void => {
    const y = position * rowHeight
    const { top: before } = place.current
    if (isWrapped) {
      const isShown = position > Math.floor(before / rowHeight) && position < heights.last
      if (!isShown || isFollowing) moveTo(y - 2 * rowHeight)
    } else if (y < before || y + rowHeight > before + height) moveTo(y - height / 2)
  }
  const page = (direction: 1 | -1): void => {
    moveBy(direction * Math.max(rowHeight, height - rowHeight))
    if (direction < 0) follow(false)
  }
  const topPosition = (): number => Math.floor(place.current.top / rowHeight)
  return { scroller, onScroll, height, spacer, top, heights, reveal, topPosition, page }
}
