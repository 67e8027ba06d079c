'use client'

import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { cx } from '#lib/format/cx'

export interface DialogProps {
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  title: ReactNode
  description?: ReactNode
  width?: 'narrow' | 'wide'
  /** Buttons, right-aligned at the foot. */
  footer?: ReactNode
  /** There is nothing in it to go to but the text: the text itself can be, so that the keyboard scrolls it. */
  isText?: boolean
  children?: ReactNode
}

/** A dialog over the page: focus stays inside, Escape and the veil close it, focus goes back to where it came from. */
export function Dialog({
  isOpen,
  onOpenChange,
  title,
  description,
  width = 'narrow',
  footer,
  isText = false,
  children,
}: DialogProps) {
  return (
    <Radix.Root open={isOpen} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-veil" />
        <Radix.Content
          {...(description ? {} : { 'aria-describedby': undefined })}
          // A field that wants it has the focus by now; else the first in line would be the button that closes.
          onOpenAutoFocus={(event) => {
            event.preventDefault()
            if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus()
          }}
          className={cx(
            'fixed top-[max(16px,14dvh)] left-1/2 z-40 flex max-h-[calc(100dvh-max(32px,20dvh))] w-[calc(100vw-32px)] -translate-x-1/2 animate-appear flex-col rounded-lg border border-line-strong bg-panel shadow-lift outline-none',
            width === 'narrow' ? 'max-w-[460px]' : 'max-w-[680px]',
          )}
        >
          <div className="flex items-start gap-3 px-5 pt-4">
            <Radix.Title className="min-w-0 flex-1 text-base font-semibold tracking-[-0.01em] break-words">
              {title}
            </Radix.Title>
            <Radix.Close
              aria-label="Close"
              className="-mr-2 grid size-7 place-items-center rounded-md text-muted hover:bg-hover hover:text-text"
            >
              <X aria-hidden className="size-4" strokeWidth={1.75} />
            </Radix.Close>
          </div>
          {description ? (
            <Radix.Description className="px-5 pt-1 text-muted">{description}</Radix.Description>
          ) : null}
          <div
            {...(isText ? { tabIndex: 0, role: 'group', 'aria-label': 'Text' } : {})}
            className="min-h-0 flex-1 overflow-y-auto px-5 pt-3 pb-4 -outline-offset-2"
          >
            {children}
          </div>
          {footer ? (
            <div className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">{footer}</div>
          ) : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
