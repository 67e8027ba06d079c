'use client'

import { Keyboard, LogOut, Settings2, UserRound } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { IconButton } from '#components/ui/icon-button'
import { Menu, MenuChoice, MenuDivider, MenuItem } from '#components/ui/menu'
import { deleteJson } from '#lib/api/client'
import { pages, paths } from '#lib/api/paths'
import { chooseTheme, type ThemeChoice, useTheme } from '#components/ui/theme'

const themes: { value: ThemeChoice; label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]

/** Settings, theme, keyboard help, signing out. */
export function UserMenu({ userName, onHelp }: { userName: string; onHelp: () => void }) {
  const { choice } = useTheme()
  const router = useRouter()
  return (
    <Menu label="Your menu" trigger={<IconButton label={`You: ${userName}`} icon={Settings2} />}>
      <MenuItem icon={UserRound} onSelect={() => router.push(pages.settings)}>
        Settings
      </MenuItem>
      <MenuDivider />
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
  void deleteJson(paths.session).finally(() => location.assign(`${pages.signIn}?out=1`))
}
