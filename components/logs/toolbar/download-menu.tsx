'use client'

import { Download } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '#components/ui/icon-button'
import { Menu, MenuDivider, MenuItem } from '#components/ui/menu'
import { notify } from '#components/ui/toast'
import { type DownloadKind, openDownload } from '../download/download-log.ts'
import { LargeDialog } from '../download/large-dialog.tsx'
import { type LargeChoice, saveStream } from '../download/save-stream.ts'
import { useLogPage } from '../log-page.tsx'

/** The log as a file: all of it, or exactly what the page is set to. */
export function DownloadMenu() {
  const { target, view, searchView } = useLogPage()
  const [large, setLarge] = useState<{ name: string; choose: (choice: LargeChoice) => void } | null>(null)
  const [isPending, setPending] = useState(false)
  const { isInverted, range } = searchView
  const askWhere = (name: string): Promise<LargeChoice> =>
    new Promise((resolve) =>
      setLarge({
        name,
        choose: (choice) => {
          setLarge(null)
          resolve(choice)
        },
      }),
    )
  const start = async (what: DownloadKind): Promise<void> => {
    setPending(true)
    try {
      await saveStream(await openDownload(target, { view, isInverted, range }, what), askWhere)
    } catch (error) {
      notify.error('The log could not be downloaded.', error)
    }
    setPending(false)
  }
  return (
    <>
      <Menu label="Download" trigger={<IconButton label="Download" icon={Download} isPending={isPending} />}>
        <MenuItem icon={Download} onSelect={() => void start('all')}>
          The whole log
        </MenuItem>
        <MenuDivider />
        <MenuItem icon={Download} onSelect={() => void start('text')}>
          Filtered as here
        </MenuItem>
        <MenuItem icon={Download} onSelect={() => void start('timed')}>
          Filtered as here, with times
        </MenuItem>
        <MenuItem icon={Download} onSelect={() => void start('jsonl')}>
          Filtered as here, as JSON lines
        </MenuItem>
      </Menu>
      {large ? <LargeDialog name={large.name} onChoose={large.choose} /> : null}
    </>
  )
}
