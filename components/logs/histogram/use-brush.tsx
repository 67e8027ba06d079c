'use client'

import { type PointerEvent, type KeyboardEvent, useState } from 'react'

/** First and last column chosen, in the order of time. */
export type ColumnSpan = readonly [from: number, to: number]

interface Brush {
  /** Under the pointer, or chosen by the keys. */
  span: ColumnSpan | null
  handlers: {
    onPointerDown: (event: PointerEvent<HTMLElement>) => void
    onPointerMove: (event: PointerEvent<HTMLElement>) => void
    onPointerUp: (event: PointerEvent<HTMLElement>) => void
    onPointerLeave: () => void
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
    onBlur: () => void
  }
}

/** Choosing a stretch of columns: drag, or arrow keys (with Shift to widen) and Enter; Escape lets go. */
export function useBrush(count: number, onChoose: (span: ColumnSpan) => void): Brush {
  const [anchor, setAnchor] = useState<number | null>(null)
  const [at, setAt] = useState<number | null>(null)
  const span: ColumnSpan | null =
    at === null ? null : [Math.min(anchor ?? at, at), Math.min(count - 1, Math.max(anchor ?? at, at))]
  const columnAt = (event: PointerEvent<HTMLElement>): number => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    return Math.max(0, Math.min(count - 1, Math.floor(((event.clientX - left) / width) * count)))
  }
  const letGo = (): void => {
    setAnchor(null)
    setAt(null)
  }
  const choose = (chosen: ColumnSpan): void => {
    letGo()
    onChoose(chosen)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step !== 0) {
      const next = Math.max(0, Math.min(count - 1, at === null ? (step > 0 ? 0 : count - 1) : at + step))
      setAnchor(event.shiftKey ? (anchor ?? at ?? next) : null)
      setAt(next)
    } else if (event.key === 'Enter' && span) choose(span)
    else if (event.key === 'Escape' && span) letGo()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return {
    span,
    handlers: {
      onPointerDown: (event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        setAnchor(columnAt(event))
        setAt(columnAt(event))
      },
      onPointerMove: (event) => setAt(columnAt(event)),
      onPointerUp: (event) => {
        if (anchor === null) return
        const to = columnAt(event)
        choose([Math.min(anchor, to), Math.max(anchor, to)])
      },
      onPointerLeave: () => {
        if (anchor === null) setAt(null)
      },
      onKeyDown,
      onBlur: letGo,
    },
  }
}
