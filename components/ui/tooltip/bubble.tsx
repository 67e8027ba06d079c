'use client'

import { type ReactNode, useLayoutEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import { placeBeside, type Side } from './place.ts'
import { turn } from './turn.ts'

/** There is one at a time. */
export const bubbleId = 'tooltip'

/** The words beside `anchor`, over everything else. */
export function Bubble({ anchor, side, children }: { anchor: HTMLElement; side: Side; children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null)
  // After every rendering: other words have another size.
  useLayoutEffect(() => {
    const { current: bubble } = ref
    if (!bubble) return
    const size = { width: bubble.offsetWidth, height: bubble.offsetHeight }
    const { left, top } = placeBeside(
      anchor.getBoundingClientRect(),
      size,
      { width: document.documentElement.clientWidth, height: innerHeight },
      side,
    )
    bubble.style.left = `${left}px`
    bubble.style.top = `${top}px`
  })
  return createPortal(
    <div
      ref={ref}
      id={bubbleId}
      role="tooltip"
      onPointerEnter={turn.pointerOverWords}
      onPointerLeave={() => turn.pointerGone(anchor)}
      className="pointer-events-auto fixed top-0 left-0 z-50 w-max max-w-[min(24rem,calc(100vw-16px))] animate-appear rounded-md border border-line-strong bg-panel px-2 py-1 text-xs text-text shadow-lift break-words"
    >
      {children}
    </div>,
    document.body,
  )
}
