'use client'

import { ChartNoAxesColumn, TextSearch } from 'lucide-react'
import { IconButton } from '#components/ui/icon-button'
import { cx } from '#lib/format/cx'
import { useLogPage } from '../log-page.tsx'
import { TimeMenu } from './time-menu.tsx'

/** What looks at all there is instead of the lines held. */
export function SearchTools() {
  const { searchView, changeSearch } = useLogPage()
  const { isOpen, hasHistogram } = searchView
  return (
    <>
      <IconButton
        label="Search every line there is (s)"
        icon={TextSearch}
        aria-pressed={isOpen}
        className={cx(isOpen && 'bg-accent-soft text-accent')}
        onClick={() => changeSearch({ isOpen: !isOpen })}
      />
      <IconButton
        label="Lines over time, by level"
        icon={ChartNoAxesColumn}
        aria-pressed={hasHistogram}
        className={cx(hasHistogram && 'bg-accent-soft text-accent')}
        onClick={() => changeSearch({ hasHistogram: !hasHistogram })}
      />
      <TimeMenu />
    </>
  )
}
