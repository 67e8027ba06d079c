'use client'

import { Ellipsis, type LucideIcon } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { type ReactElement, type ReactNode, useState } from 'react'
import { formatCommand } from '#lib/docker/command'
import type { Need } from '#lib/api/abilities'
import { cx } from '#lib/format/cx'
import { useRefusal } from './abilities.tsx'
import { IconButton } from './icon-button.tsx'

/** A menu behind a button. Without a `trigger` it is the `⋯` button, named by `label`. */
export function Menu({
  label,
  trigger,
  align = 'end',
  children,
}: {
  label: string
  trigger?: ReactElement
  align?: 'start' | 'end'
  children: ReactNode
}) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <DropdownMenu.Root modal={false} open={isOpen} onOpenChange={setIsOpen}>
      <DropdownMenu.Trigger asChild>
        {trigger ?? <IconButton label={label} icon={Ellipsis} />}
      </DropdownMenu.Trigger>
      {/* A closed one is its button alone: a table has one in every row. */}
      {isOpen ? (
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            align={align}
            sideOffset={4}
            collisionPadding={8}
            aria-label={label}
            className="z-40 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 max-w-[calc(100vw-16px)] animate-appear overflow-y-auto rounded-lg border border-line-strong bg-panel p-1 shadow-lift"
          >
            {children}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      ) : null}
    </DropdownMenu.Root>
  )
}

export interface MenuItemProps {
  icon?: LucideIcon
  tone?: 'plain' | 'danger'
  /** The docker command this item equals, shown under the words. */
  command?: readonly string[]
  /** What it does to what one has, where the word alone does not say it. */
  note?: string | undefined
  shortcut?: string
  isDisabled?: boolean
  /** What one must be allowed for it; who is not sees it greyed, with the reason below. */
  needs?: Need
  onSelect: () => void
  children: ReactNode
}

export function MenuItem({
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
    <DropdownMenu.Item
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
    </DropdownMenu.Item>
  )
}

/** One of several, with a check mark: a theme, a time format. */
export function MenuChoice<Value extends string>({
  label,
  value,
  choices,
  onChange,
}: {
  label: string
  value: Value
  choices: readonly { value: Value; label: string }[]
  onChange: (value: Value) => void
}) {
  return (
    <DropdownMenu.RadioGroup
      aria-label={label}
      value={value}
      onValueChange={(next) => {
        const choice = choices.find((candidate) => candidate.value === next)
        if (choice) onChange(choice.value)
      }}
    >
      <DropdownMenu.Label className="px-2 pt-1.5 pb-0.5 text-2xs text-faint">{label}</DropdownMenu.Label>
      {choices.map((choice) => (
        <DropdownMenu.RadioItem
          key={choice.value}
          value={choice.value}
          onSelect={(event) => event.preventDefault()}
          className="flex items-center justify-between gap-2.5 rounded-md px-2 py-1 outline-none data-[highlighted]:bg-hover pointer-coarse:py-2"
        >
          {choice.label}
          <DropdownMenu.ItemIndicator>
            <span aria-hidden className="text-accent">
              ✓
            </span>
          </DropdownMenu.ItemIndicator>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  )
}

export function MenuDivider() {
  return <DropdownMenu.Separator className="my-1 h-px bg-line" />
}
