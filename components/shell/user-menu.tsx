'use client'

import { Keyboard, LogOut, Settings2 } from 'lucide-react'
import { IconButton } from '#components/ui/icon-button'
import { Menu, MenuChoice, MenuDivider, MenuItem } from '#components/ui/menu'
import { chooseTheme, type ThemeChoice, useTheme } from '#components/ui/theme'

const themes: { value: ThemeChoice; label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]

/** Theme, keyboard help, signing out. */
export function UserMenu({ userName, onHelp }: { userName: string; onHelp: () => void }) {
  const { choice } = useTheme()
  return (
    <Menu label="Your menu" trigger={<IconButton label={`You: ${userName}`} icon={Settings2} />}>
      <MenuChoice label="Theme" value={choice} choices={themes} onChange={chooseTheme} />
      <MenuDivider />
      <MenuItem icon={Keyboard} shortcut="?" onSelect={onHelp}>
        Keyboard
      </MenuItem>
      <MenuItem icon={LogOut} onSelect={signOut}>
        Sign out
      </MenuItem>
    </Menu>
  )
}

function signOut(): void {
  void fetch('/api/session', { method: 'DELETE' }).finally(() => location.assign('/sign-in'))
}
