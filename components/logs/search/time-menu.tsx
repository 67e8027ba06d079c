'use client'

import { CalendarClock, Clock, X } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { Menu, MenuDivider, MenuItem } from '#components/ui/menu'
import { cx } from '#lib/format/cx'
import { presetWords, rangePresets, type TimeRange } from '#lib/logs/search/time-range'
import { useLogPage } from '../log-page.tsx'
import { JumpDialog } from '../place/jump-dialog.tsx'
import { formatLocalTime } from '../place/local-time.ts'
import { RangeDialog } from './range-dialog.tsx'

/** The range that is searched, counted and downloaded; and a way to a moment. */
export function TimeMenu() {
  const { searchView, changeSearch } = useLogPage()
  const [dialog, setDialog] = useState<'range' | 'jump' | null>(null)
  const { range } = searchView
  return (
    <>
      <Menu
        label="Time range"
        align="start"
        trigger={
          <Button className={cx('max-w-64 truncate', range && 'border-accent')}>
            <Clock aria-hidden className="size-3.5 shrink-0" strokeWidth={1.75} />
            {rangeWords(range)}
          </Button>
        }
      >
        <MenuItem icon={X} isDisabled={!range} onSelect={() => changeSearch({ range: null })}>
          All the time there is
        </MenuItem>
        <MenuDivider />
        {rangePresets.map((last) => (
          <MenuItem key={last} onSelect={() => changeSearch({ range: { last } })}>
            {presetWords[last]}
          </MenuItem>
        ))}
        <MenuDivider />
        <MenuItem icon={CalendarClock} onSelect={() => setDialog('range')}>
          From … to …
        </MenuItem>
        <MenuItem icon={Clock} onSelect={() => setDialog('jump')}>
          Go to a time
        </MenuItem>
      </Menu>
      {dialog === 'range' ? <RangeDialog onClose={() => setDialog(null)} /> : null}
      {dialog === 'jump' ? <JumpDialog onClose={() => setDialog(null)} /> : null}
    </>
  )
}

function rangeWords(range: TimeRange | null): string {
  if (!range) return 'all time'
  if ('last' in range) return presetWords[range.last].toLowerCase()
  const from = range.sinceMs === null ? 'start' : formatLocalTime(range.sinceMs)
  const to = range.untilMs === null ? 'now' : formatLocalTime(range.untilMs)
  return from.slice(0, 10) === to.slice(0, 10) ? `${from} – ${to.slice(11)}` : `${from} – ${to}`
}
