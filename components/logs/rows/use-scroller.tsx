'use client'

import { type RefObject, useEffect, useState } from 'react'
import { rowHeight } from './row-heights.ts'

/** Pixels of an element that rows have, without those of its header. */
export function useInnerHeight(scroller: RefObject<HTMLElement | null>, headerHeight: number): number {
  const [height, setHeight] = useState(0)
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const observer = new ResizeObserver(() => setHeight(Math.max(0, element.clientHeight - headerHeight)))
    observer.observe(element)
    return () => observer.disconnect()
  }, [scroller, headerHeight])
  return height
}

interface WheelActions {
  /** The browser's own scrolling is not used: a pixel of its bar stands for many rows, or for a part of one. */
  isScaled: boolean
  moveBy: (pixels: number) => void
  onUp: () => void
}

/** One notch is a few rows, however many rows a pixel of the scroll bar stands for. */
export function useWheel(
  scroller: RefObject<HTMLElement | null>,
  { isScaled, moveBy, onUp }: WheelActions,
): void {
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const onWheel = (event: WheelEvent): void => {
      if (event.ctrlKey || event.deltaY === 0) return
      if (isScaled) {
        event.preventDefault()
        moveBy(event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * rowHeight : event.deltaY)
      }
      if (event.deltaY < 0) onUp()
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  })
}
