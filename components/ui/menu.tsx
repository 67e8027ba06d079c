'use client'

import { Ellipsis } from 'lucide-react'
import { cloneElement, type ReactElement, type ReactNode, useContext } from 'react'
import { IconButton } from './icon-button.tsx'
import { menuContent } from './menu/load.ts'
import { type MenuChoiceProps, type MenuItemProps, MenuPartsContext } from './menu/parts.tsx'
import { type Trigger, useMenuTrigger } from './menu/use-menu-trigger.tsx'

/**
 * A menu behind a button. Without a `trigger` it is the `⋯` button, named by `label`. A table has one in every row: a closed one
 * is its button alone, and what a menu is made of is no part of the first load.
 */
export function Menu({
  label,
  trigger = <IconButton label={label} icon={Ellipsis} />,
  align = 'end',
  children,
}: {
  label: string
  trigger?: ReactElement<Trigger>
  align?: 'start' | 'end'
  children: ReactNode
}) {
  const { trigger: more, opened } = useMenuTrigger(trigger.props)
  const Content = menuContent.now()?.MenuContent
  return (
    <>
      {cloneElement(trigger, more)}
      {opened && Content ? (
        <Content {...opened} label={label} align={align}>
          {children}
        </Content>
      ) : null}
    </>
  )
}

export function MenuItem(props: MenuItemProps) {
  const parts = useContext(MenuPartsContext)
  return parts ? <parts.Item {...props} /> : null
}

/** One of several, with a check mark: a theme, a time format. */
export function MenuChoice<Value extends string>({ choices, onChange, ...rest }: MenuChoiceProps<Value>) {
  const parts = useContext(MenuPartsContext)
  const choose = (next: string): void => {
    const choice = choices.find(({ value }) => value === next)
    if (choice) onChange(choice.value)
  }
  return parts ? <parts.Choice {...rest} choices={choices} onChange={choose} /> : null
}

export function MenuDivider() {
  const parts = useContext(MenuPartsContext)
  return parts ? <parts.Divider /> : null
}
