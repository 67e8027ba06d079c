'use client'

import { Download } from 'lucide-react'
import { IconButton } from '#components/ui/icon-button'
import { Menu, MenuItem } from '#components/ui/menu'
import { type DownloadKind, downloadLog } from '../download.ts'
import { useLogPage } from '../log-page.tsx'

/** The log as a file. */
export function DownloadMenu() {
  const { target, view } = useLogPage()
  const start = (what: DownloadKind): void => void downloadLog(target, view, what)
  return (
    <Menu label="Download" trigger={<IconButton label="Download" icon={Download} />}>
      <MenuItem icon={Download} onSelect={() => start('all')}>
        The whole log
      </MenuItem>
      <MenuItem icon={Download} onSelect={() => start('filtered')}>
        The whole log, filtered as here
      </MenuItem>
      <MenuItem icon={Download} onSelect={() => start('jsonl')}>
        As JSON lines, filtered as here
      </MenuItem>
    </Menu>
  )
}
