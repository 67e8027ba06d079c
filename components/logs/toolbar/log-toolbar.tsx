'use client'

import { Eraser, WrapText } from 'lucide-react'
import type { Ref } from 'react'
import { IconButton } from '#components/ui/icon-button'
import { Chip, Toolbar } from '#components/ui/toolbar'
import { cx } from '#lib/format/cx'
import { useLogPage } from '../log-page.tsx'
import { SearchTools } from '../search/search-tools.tsx'
import { ActiveChips } from './active-chips.tsx'
import { ColumnsMenu } from './columns-menu.tsx'
import { DownloadMenu } from './download-menu.tsx'
import { FindBox } from './find-box.tsx'
import { LevelMenu } from './level-menu.tsx'
import { SourceChips } from './source-chips.tsx'
import { ViewMenu } from './view-menu.tsx'

/** What is shown of the log and how. */
export function LogToolbar({ searchRef }: { searchRef: Ref<HTMLInputElement> }) {
  const { session, view, change, reading } = useLogPage()
  return (
    <Toolbar>
      {session.sources.length > 1 ? <SourceChips /> : null}
      <FindBox inputRef={searchRef} />
      <div className="flex max-w-full items-center gap-1.5 overflow-x-auto [scrollbar-width:none] sm:ml-auto">
        <LevelMenu />
        <ViewMenu />
        <SearchTools />
        <IconButton
          label={view.isWrapped ? 'Keep long lines on one line (w)' : 'Wrap long lines (w)'}
          icon={WrapText}
          aria-pressed={view.isWrapped}
          className={cx(view.isWrapped && 'bg-accent-soft text-accent')}
          onClick={() => change({ isWrapped: !view.isWrapped })}
        />
        <ColumnsMenu />
        <DownloadMenu />
        <IconButton
          label="Clear what is shown; the log itself stays"
          icon={Eraser}
          onClick={() => session.clear()}
        />
        <Chip isOn={reading.isFollowing} onClick={() => reading.follow(!reading.isFollowing)}>
          follow
        </Chip>
      </div>
      <ActiveChips />
    </Toolbar>
  )
}
