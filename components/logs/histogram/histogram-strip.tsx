'use client'

import { useEffect, useRef, useState } from 'react'
import { Button } from '#components/ui/button'
import { cx } from '#lib/format/cx'
import { fromMs } from '#lib/logs/nano-time'
import { toColumns } from '#lib/logs/search/histogram-columns'
import { useLogPage } from '../log-page.tsx'
import { LevelBars } from './level-bars.tsx'

const columnPixels = 6

/** When the lines were written, by level: all of them, or those that a search finds. Choosing a stretch zooms into it. */
export function HistogramStrip() {
  const { search, searchView, changeSearch, hasQuery, go } = useLogPage()
  const frame = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  const isSearching = searchView.isOpen && hasQuery
  const isShown = searchView.hasHistogram || isSearching
  useEffect(() => {
    const element = frame.current
    if (!element) return
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [isShown])
  if (!isShown) return null
  const columns = search.histogram
    ? toColumns(search.histogram, Math.max(10, Math.floor(width / columnPixels)))
    : []
  return (
    <div
      ref={frame}
      role="group"
      aria-label={isSearching ? 'Lines found over time' : 'Lines over time'}
      data-histogram
      className={cx(
        'flex min-h-16 shrink-0 items-start gap-3 border-t border-line px-4 pt-1.5 sm:px-6',
        searchView.isOpen && 'max-sm:hidden',
      )}
    >
      {columns.length === 0 ? (
        <p className="py-3 text-xs text-muted">
          {search.error || (search.isRunning || !search.end ? 'Counting…' : 'No line in this range.')}
        </p>
      ) : (
        <LevelBars
          columns={columns}
          onChoose={([from, to]) => {
            const sinceMs = columns[from]?.startMs
            const endMs = columns[to]?.endMs
            if (sinceMs === undefined || endMs === undefined) return
            changeSearch({ range: { sinceMs, untilMs: endMs - 1 } })
            go({ at: fromMs(sinceMs), line: null })
          }}
        />
      )}
      {searchView.range ? (
        <Button tone="ghost" onClick={() => changeSearch({ range: null })}>
          All time
        </Button>
      ) : null}
    </div>
  )
}
