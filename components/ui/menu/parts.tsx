'use client'

import type { LucideIcon } from 'lucide-react'
import { type ComponentType, createContext, type ReactNode } from 'react'
import type { Need } from '#lib/api/abilities'

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

export interface MenuChoiceProps<Value extends string> {
  label: string
  value: Value
  choices: readonly { value: Value; label: string }[]
  onChange: (value: Value) => void
}

export interface MenuParts {
  Item: ComponentType<MenuItemProps>
  Choice: ComponentType<MenuChoiceProps<string>>
  Divider: ComponentType
}

/** What an open menu is made of; null outside of one. It comes with the first menu that opens. */
export const MenuPartsContext = createContext<MenuParts | null>(null)
