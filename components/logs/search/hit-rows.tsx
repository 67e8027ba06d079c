'use client'

import { useEffect, useId, useRef, useState } from 'react'
import type { Hit } from '#lib/logs/search/hit-list'
import { useLogPage } from '../log-page.tsx'
import { HitRow } from './hit-row.tsx'

const rowHeight = 20
const overscan = 6

export interface HitListProps {
  hits: readonly Hit[]
  current: number
  onCurrent: (index: number) => void
  onOpen: (index: number) => void
  onEscape: () => void
  /** Under the last row. */
  foot: React.ReactNode
}

/** What was found, newest first. Arrow keys choose, Enter shows a line among its neighbours. */
export function HitRows({ hits, current, onCurrent, onOpen, onEscape, foot }: HitListProps) {
  const { session, search, view, version } = useLogPage()
  const listId = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const [top, setTop] = useState(0)
  const [height, setHeight] = useState(0)
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const observer = new ResizeObserver(() => setHeight(element.clientHeight))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  useEffect(() => {
    const element = scroller.current
    if (!element || current < 0) return
    const y = current * rowHeight
    if (y < element.scrollTop) element.scrollTop = y
    else if (y + rowHeight > element.scrollTop + element.clientHeight)
      element.scrollTop = y + rowHeight - element.clientHeight
  }, [current])

  const first = Math.max(0, Math.floor(top / rowHeight) - overscan)
  const last = Math.min(hits.length, Math.ceil((top + height) / rowHeight) + overscan)
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const page = Math.max(1, Math.floor(height / rowHeight) - 1)
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      j: 1,
      k: -1,
      PageDown: page,
      PageUp: -page,
    }
    const step = steps[event.key]
    if (step !== undefined) onCurrent(Math.max(0, Math.min(hits.length - 1, current + step)))
    else if (event.key === 'Home') onCurrent(0)
    else if (event.key === 'End') onCurrent(hits.length - 1)
    else if (event.key === 'Enter' && current >= 0) onOpen(current)
    else if (event.key === 'Escape') onEscape()
    else return
    event.stopPropagation()
    event.preventDefault()
  }
  return (
    <div
      ref={scroller}
      role="listbox"
      aria-label="Lines found, newest first"
      tabIndex={0}
      aria-activedescendant={current >= first && current < last ? `${listId}-${current}` : undefined}
      data-hit-list
      data-hits={hits.length}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      onKeyDown={onKeyDown}
      onClick={({ target }) => {
        const row = target instanceof Element ? target.closest('[data-index]') : null
        if (row) onOpen(Number(row.getAttribute('data-index')))
      }}
      className="min-h-0 flex-1 overflow-auto font-mono text-xs leading-5 -outline-offset-2"
    >
      <div style={{ height: hits.length * rowHeight }} className="w-max min-w-full">
        <div style={{ transform: `translateY(${first * rowHeight}px)` }}>
          {hits.slice(first, last).map((hit, offset) => {
            const index = first + offset
            return (
              <HitRow
                key={index}
                id={`${listId}-${index}`}
                hit={hit}
                source={search.sources.length > 1 ? search.sources[hit.source] : undefined}
                session={session}
                time={view.time}
                isCurrent={index === current}
                index={index}
                version={version}
              />
            )
          })}
        </div>
      </div>
      {foot}
    </div>
  )
}
