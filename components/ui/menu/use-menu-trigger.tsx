'use client'

import { type HTMLAttributes, type KeyboardEvent, useRef, useState } from 'react'
import { notify } from '../toast.tsx'
import type { MenuContentProps } from './content.tsx'
import { menuContent } from './load.ts'

/** There is one open at a time. */
const menuId = 'menu'

/** What a menu's button hands on to its element. */
export type Trigger = Pick<
  HTMLAttributes<HTMLElement>,
  | 'onPointerEnter'
  | 'onPointerDown'
  | 'onFocus'
  | 'onClick'
  | 'onKeyDown'
  | 'aria-haspopup'
  | 'aria-expanded'
  | 'aria-controls'
> & { 'data-state'?: 'open' | 'closed' }

type Opened = Pick<MenuContentProps, 'id' | 'anchor' | 'isByKey' | 'onClose'>

/** The button of a menu: what to give it beside its `own` properties, and what opened it while it is open. */
export function useMenuTrigger(own: Trigger): { trigger: Trigger; opened: Opened | null } {
  const [opened, setOpened] = useState<{ anchor: HTMLElement; isByKey: boolean } | null>(null)
  /** Pressed again while the insides of the menu are on their way: not wanted any more. */
  const isWanted = useRef(false)
  /** The kind of pointer, or `key`; forgotten with the click that follows. */
  const pressedWith = useRef('')
  const close = (): void => {
    isWanted.current = false
    setOpened(null)
  }
  const open = (anchor: HTMLElement, isByKey: boolean): void => {
    isWanted.current = true
    if (menuContent.now() !== null) return setOpened({ anchor, isByKey })
    menuContent.load().then(
      () => {
        if (isWanted.current && anchor.isConnected) setOpened({ anchor, isByKey })
      },
      (cause: unknown) => notify.error('Could not open the menu', cause),
    )
  }
  const toggle = (anchor: HTMLElement, isByKey: boolean): void =>
    isWanted.current ? close() : open(anchor, isByKey)
  const onKey = (event: KeyboardEvent<HTMLElement>): void => {
    const { key, currentTarget } = event
    if (key === 'ArrowDown') open(currentTarget, true)
    else if (key === 'Enter' || key === ' ') toggle(currentTarget, true)
    else if ((key === 'Escape' || key === 'Tab') && isWanted.current) return close()
    else return
    // Firefox sends a click behind Space all the same.
    if (key === ' ') pressedWith.current = 'key'
    event.preventDefault()
  }
  const trigger: Trigger = {
    'aria-haspopup': 'menu',
    'aria-expanded': opened !== null,
    'aria-controls': opened ? menuId : undefined,
    'data-state': opened ? 'open' : 'closed',
    onPointerEnter: (event) => {
      own.onPointerEnter?.(event)
      warm()
    },
    onFocus: (event) => {
      own.onFocus?.(event)
      warm()
    },
    onPointerDown: (event) => {
      own.onPointerDown?.(event)
      pressedWith.current = event.pointerType
      // A finger may only have come to scroll: its menu opens when it has not.
      if (event.pointerType === 'touch' || event.button !== 0 || event.ctrlKey) return
      // The menu takes the focus, not its button.
      if (!isWanted.current) event.preventDefault()
      toggle(event.currentTarget, false)
    },
    onClick: (event) => {
      own.onClick?.(event)
      // What nothing pressed is a screen reader's or a program's click.
      if (pressedWith.current === 'touch' || pressedWith.current === '') toggle(event.currentTarget, false)
      pressedWith.current = ''
    },
    onKeyDown: (event) => {
      own.onKeyDown?.(event)
      onKey(event)
    },
  }
  return { trigger, opened: opened && { ...opened, id: menuId, onClose: close } }
}

function warm(): void {
  // Whether it came shows when it is to open.
  menuContent.load().catch(() => undefined)
}
