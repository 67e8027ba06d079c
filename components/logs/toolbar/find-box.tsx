'use client'

import { ArrowDown, ArrowUp, CaseSensitive, Filter, Highlighter, Regex } from 'lucide-react'
import type { Ref } from 'react'
import { IconButton } from '#components/ui/icon-button'
import { FilterBox } from '#components/ui/toolbar'
import { cx } from '#lib/format/cx'
import { useLogPage } from '../log-page.tsx'
import { maxHighlights } from '../store/line-marks.ts'
import { keepHighlight } from '../view/changes.ts'

/** Looks for a text in the lines held; Enter walks from match to match. */
export function FindBox({ inputRef }: { inputRef: Ref<HTMLInputElement> }) {
  const { session, view, change, reading } = useLogPage()
  const { find, store } = session
  const { currentId, step } = reading
  const matchNumber =
    find.isActive && currentId !== null && store.isMatch(currentId) ? store.matchesBefore(currentId) + 1 : 0
  return (
    <div className="flex min-w-0 flex-1 basis-72 items-center gap-1">
      <FilterBox
        value={view.text}
        onChange={(text) => change({ text })}
        label="Search these lines"
        inputRef={inputRef}
        onKeyDown={(event) => {
          if (event.key === 'Enter') step(event.shiftKey ? -1 : 1)
        }}
      />
      <IconButton
        label="Regular expression"
        icon={Regex}
        aria-pressed={view.isRegex}
        className={cx(view.isRegex && 'bg-accent-soft text-accent')}
        onClick={() => change({ isRegex: !view.isRegex })}
      />
      <IconButton
        label="Match case"
        icon={CaseSensitive}
        aria-pressed={view.isCaseSensitive}
        className={cx(view.isCaseSensitive && 'bg-accent-soft text-accent')}
        onClick={() => change({ isCaseSensitive: !view.isCaseSensitive })}
      />
      <IconButton
        label="Only lines that match"
        icon={Filter}
        aria-pressed={view.isMatchOnly}
        className={cx(view.isMatchOnly && 'bg-accent-soft text-accent')}
        onClick={() => change({ isMatchOnly: !view.isMatchOnly })}
      />
      {find.isActive ? (
        <>
          <IconButton
            label="Keep it highlighted (h)"
            icon={Highlighter}
            disabled={view.highlights.length >= maxHighlights}
            onClick={() => change(keepHighlight(view))}
          />
          <IconButton label="Previous match (N)" icon={ArrowUp} onClick={() => step(-1)} />
          <IconButton label="Next match (n)" icon={ArrowDown} onClick={() => step(1)} />
          <span role="status" data-match-count className="min-w-[9ch] text-xs whitespace-nowrap text-muted">
            {matchNumber > 0 ? `${matchNumber.toLocaleString('en')} of ` : ''}
            {store.matchCount.toLocaleString('en')}
            {find.isSearching ? '…' : ''}
          </span>
        </>
      ) : null}
    </div>
  )
}
