'use client'

import { ArrowDown, ArrowUp, RotateCw, Square, X } from 'lucide-react'
import { IconButton } from '#components/ui/icon-button'
import { Chip } from '#components/ui/toolbar'
import { cx } from '#lib/format/cx'
import { useLogPage } from '../log-page.tsx'
import { searchWords } from './search-words.ts'

/** How the search stands, and what can be done about it. */
export function SearchHead({ onStep, canStep }: { onStep: (step: 1 | -1) => void; canStep: boolean }) {
  const { search, searchView, changeSearch, searchAgain, view, hasQuery } = useLogPage()
  const { end } = search
  const isBad = search.error !== '' || (end !== null && end.reason !== 'complete')
  return (
    <div className="relative flex shrink-0 flex-wrap items-center gap-x-2 gap-y-1 py-1 pr-2 pl-4 text-xs sm:pr-4 sm:pl-6">
      <h2 className="font-medium">Every line</h2>
      <p
        role="status"
        data-search-status
        data-search-state={search.isRunning ? 'running' : (end?.reason ?? 'idle')}
        className={cx('min-w-0 flex-1 basis-64', isBad ? 'text-warn' : 'text-muted')}
      >
        {hasQuery ? searchWords(search) : ''}
      </p>
      <Chip isOn={searchView.isInverted} onClick={() => changeSearch({ isInverted: !searchView.isInverted })}>
        {view.text ? 'lines without it' : 'invert'}
      </Chip>
      <span className="flex items-center">
        <IconButton label="Newer hit" icon={ArrowUp} disabled={!canStep} onClick={() => onStep(-1)} />
        <IconButton label="Older hit" icon={ArrowDown} disabled={!canStep} onClick={() => onStep(1)} />
        {search.isRunning ? (
          <IconButton label="Stop the search" icon={Square} onClick={() => search.stop()} />
        ) : (
          <IconButton label="Search again" icon={RotateCw} disabled={!hasQuery} onClick={searchAgain} />
        )}
        <IconButton label="Close the search" icon={X} onClick={() => changeSearch({ isOpen: false })} />
      </span>
      <Progress />
    </div>
  )
}

function Progress() {
  const { search } = useLogPage()
  if (!search.isRunning) return null
  const percent = Math.round((search.progress?.fraction ?? 0) * 100)
  return (
    <span
      role="progressbar"
      aria-label="Searched"
      aria-valuenow={percent}
      className="absolute inset-x-0 bottom-0 h-0.5 bg-line"
    >
      <span className="block h-full bg-accent" style={{ width: `${percent}%` }} />
    </span>
  )
}
