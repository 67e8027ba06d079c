'use client'

import { Tooltip as Radix } from 'radix-ui'
import { type ReactElement, type ReactNode, useState } from 'react'

/** Once around the page: waits a moment before the first tooltip, none before the next. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <Radix.Provider delayDuration={350} skipDelayDuration={250}>
      {children}
    </Radix.Provider>
  )
}

/** Words on hover and focus. `children` is one element that takes a ref (a button, a link). */
export function Tooltip({
  text,
  side = 'top',
  children,
}: {
  text: ReactNode
  side?: 'top' | 'right' | 'bottom' | 'left'
  children: ReactElement
}) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <Radix.Root open={isOpen} onOpenChange={setIsOpen}>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      {/* A closed one is what it explains alone: a page has hundreds. */}
      {isOpen ? (
        <Radix.Portal>
          <Radix.Content
            side={side}
            sideOffset={6}
            collisionPadding={8}
            className="z-50 max-w-96 animate-appear rounded-md border border-line-strong bg-panel px-2 py-1 text-xs text-text shadow-lift break-words"
          >
            {text}
          </Radix.Content>
        </Radix.Portal>
      ) : null}
    </Radix.Root>
  )
}
