'use client'

import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useLogPage } from '../log-page.tsx'

export const rowHeight = 20
/** Browsers clamp the height of elements (Firefox at 17.9 million pixels): beyond this, scrolling is scaled. */
const maxHeight = 10_000_000

export interface RowScroll {
  scroller: RefObject<HTMLDivElement | null>
  onScroll: () => void
  /** Of the part on screen. */
  height: number
  /** Of what scrolls. */
  spacer: number
  /** Where the list is, in pixels of all rows. */
  top: number
  /** Brings a row into view, in the middle when it is not there yet. */
  reveal: (position: number) => void
  topPosition: () => number
}

function stay(): void {}

/** Own scrolling of rows of 20 px, since ready-made lists stop at 33 million pixels. */
export function useRowScroll(): RowScroll {
  const { session, version, view, reading } = useLogPage()
  const { isFollowing } = reading
  // In the past, reaching the last line held is not reaching the end.
  const follow = session.place ? stay : reading.follow
  const { isWrapped } = view
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
    follow(place.current.top >= limit - rowHeight / 2)
  }

  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const onWheel = (event: WheelEvent): void => {
      if (event.deltaY < 0 && limit > 0) follow(false)
      if (!isScaled || event.ctrlKey) return
      // One notch is a few rows, however many rows a pixel of the scroll bar stands for.
      event.preventDefault()
      moveTo(place.current.top + event.deltaY)
      if (event.deltaY > 0) follow(place.current.top >= limit - rowHeight / 2)
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [isScaled, limit, moveTo, follow])

  const reveal = (position: number): void => {
    const y = position * rowHeight
    const isShown = y >= place.current.top && y + rowHeight <= place.current.top + height
    if (!isShown) moveTo(isWrapped ? y - height / 4 : y - height / 2)
  }
  const topPosition = (): number => Math.floor(place.current.top / rowHeight)
  return { scroller, onScroll, height, spacer, top, reveal, topPosition }
}
