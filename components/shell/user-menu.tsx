'use client'

import { Keyboard, LogOut, Settings2, UserRound } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { IconButton } from '#components/ui/icon-button'
import { Menu, MenuChoice, MenuDivider, MenuItem } from '#components/ui/menu'
import { deleteJson } from '#lib/api/client'
import { errorCode } from '#lib/api/errors'
import { pages, paths } from '#lib/api/paths'
import { notify } from '#components/ui/toast'
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
  const leave = () => location.assign(`${pages.signIn}?out=1`)
  deleteJson(paths.session).then(leave, (cause: unknown) => {
    // Whoever is signed out already is where they wanted to be; anybody else is still signed in.
    if (errorCode(cause) === 'not_signed_in') leave()
    else notify.error('Could not sign out', cause)
  })
}
