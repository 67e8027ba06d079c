'use client'

import { cloneElement, type HTMLAttributes, type ReactElement, type ReactNode, useState } from 'react'
import { Bubble, bubbleId } from './tooltip/bubble.tsx'
import type { Side } from './tooltip/place.ts'
import { type Speaker, turn } from './tooltip/turn.ts'

type Explained = Pick<
  HTMLAttributes<HTMLElement>,
  'onPointerMove' | 'onPointerLeave' | 'onPointerDown' | 'onFocus' | 'onBlur' | 'onClick' | 'aria-describedby'
>

/**
 * Words on hover and focus. `children` is one element that hands these events on (a button, a link). A table has hundreds of
 * them: until it is asked, each is its child with a few more listeners.
 */
export function Tooltip({
  text,
  side = 'top',
  children,
}: {
  text: ReactNode
  side?: Side
  children: ReactElement<Explained>
}) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const own = children.props
  const speakerOf = (element: HTMLElement): Speaker => ({
    element,
    show: () => setAnchor(element),
    hide: () => setAnchor(null),
  })
  return (
    <>
      {cloneElement(children, {
        'aria-describedby': anchor ? bubbleId : own['aria-describedby'],
        onPointerMove: (event) => {
          own.onPointerMove?.(event)
          if (event.pointerType !== 'touch') turn.pointerOver(speakerOf(event.currentTarget))
        },
        onPointerLeave: (event) => {
          own.onPointerLeave?.(event)
          turn.pointerGone(event.currentTarget)
        },
        onPointerDown: (event) => {
          own.onPointerDown?.(event)
          turn.pressed(event.currentTarget)
        },
        onFocus: (event) => {
          own.onFocus?.(event)
          turn.focused(speakerOf(event.currentTarget))
        },
        onBlur: (event) => {
          own.onBlur?.(event)
          turn.used(event.currentTarget)
        },
        onClick: (event) => {
          own.onClick?.(event)
          turn.used(event.currentTarget)
        },
      })}
      {anchor ? (
        <Bubble anchor={anchor} side={side}>
          {text}
        </Bubble>
      ) : null}
    </>
  )
}
