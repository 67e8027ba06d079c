'use client'

import { Menu } from 'radix-ui/internal'
import { type ReactNode, useRef } from 'react'
import { formatCommand } from '#lib/docker/command'
import { cx } from '#lib/format/cx'
import { useRefusal } from '../abilities.tsx'
import { type MenuChoiceProps, type MenuItemProps, MenuPartsContext } from './parts.tsx'

export interface MenuContentProps {
  id: string
  label: string
  /** The button it stands at, which gets the focus back. */
  anchor: HTMLElement
  align: 'start' | 'end'
  /** Opened by a key: the first item has the focus. */
  isByKey: boolean
  onClose: () => void
  children: ReactNode
}

/** An open menu. Radix's dropdown wants to be around its button from the beginning; this is what it is made of, without the button. */
export function MenuContent({ id, label, anchor, align, isByKey, onClose, children }: MenuContentProps) {
  const anchorRef = useRef(anchor)
  // Who presses something else has the focus there already.
  const hasLeft = useRef(false)
  return (
    <Menu.Root open modal={false} onOpenChange={onClose}>
      <Menu.Anchor virtualRef={anchorRef} />
      <Menu.Portal>
        <Menu.Content
          id={id}
          aria-label={label}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          onEntryFocus={({ target }) => {
            if (isByKey && target instanceof HTMLElement) firstItem(target)?.focus()
          }}
          onInteractOutside={() => {
            hasLeft.current = true
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            if (!hasLeft.current) anchor.focus()
          }}
          className="z-40 max-h-(--radix-popper-available-height) min-w-44 max-w-[calc(100vw-16px)] animate-appear overflow-y-auto rounded-lg border border-line-strong bg-panel p-1 shadow-lift"
        >
          <MenuPartsContext value={parts}>{children}</MenuPartsContext>
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  )
}

const firstItem = (menu: HTMLElement): HTMLElement | null =>
  menu.querySelector<HTMLElement>('[role^=menuitem]:not([data-disabled])')

function Item({
  icon: Icon,
  tone = 'plain',
  command,
  note,
  shortcut,
  isDisabled = false,
  needs,
  onSelect,
  children,
}: MenuItemProps) {
  const refusal = useRefusal(needs)
  return (
    <Menu.Item
      disabled={isDisabled || refusal !== null}
      onSelect={onSelect}
      className={cx(
        'flex items-center gap-2.5 rounded-md px-2 py-1 outline-none data-[disabled]:cursor-default data-[disabled]:opacity-50 data-[highlighted]:bg-hover pointer-coarse:py-2',
        tone === 'danger' ? 'text-bad' : 'text-text',
      )}
    >
      {Icon ? <Icon aria-hidden className="size-4 shrink-0 opacity-80" strokeWidth={1.75} /> : null}
      <span className="min-w-0 flex-1">
        {children}
        {refusal ? <span className="block max-w-80 text-2xs text-muted">{refusal}</span> : null}
        {note && !refusal ? <span className="block max-w-80 text-2xs text-muted">{note}</span> : null}
        {command && !refusal ? (
          <span className="block max-w-80 truncate font-mono text-2xs text-faint">
            {formatCommand(command)}
          </span>
        ) : null}
      </span>
      {shortcut ? <kbd className="font-mono text-2xs text-faint">{shortcut}</kbd> : null}
    </Menu.Item>
  )
}

function Choice({ label, value, choices, onChange }: MenuChoiceProps<string>) {
  return (
    <Menu.RadioGroup aria-label={label} value={value} onValueChange={onChange}>
      <Menu.Label className="px-2 pt-1.5 pb-0.5 text-2xs text-faint">{label}</Menu.Label>
      {choices.map((choice) => (
        <Menu.RadioItem
          key={choice.value}
          value={choice.value}
          onSelect={(event) => event.preventDefault()}
          className="flex items-center justify-between gap-2.5 rounded-md px-2 py-1 outline-none data-[highlighted]:bg-hover pointer-coarse:py-2"
        >
          {choice.label}
          <Menu.ItemIndicator>
            <span aria-hidden className="text-accent">
              ✓
            </span>
          </Menu.ItemIndicator>
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  )
}

function Divider() {
  return <Menu.Separator className="my-1 h-px bg-line" />
}

const parts = { Item, Choice, Divider }
