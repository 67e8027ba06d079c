'use client'

import { useState } from 'react'
import { toMs } from '#lib/logs/nano-time'
import type { Hit } from '#lib/logs/search/hit-list'
import { boundsOf } from '#lib/logs/search/time-range'
import { useLogPage } from '../log-page.tsx'
import { findLine } from '../place/find-line.ts'
import { HitRows } from './hit-rows.tsx'
import { SearchHead } from './search-head.tsx'
import { SourceCounts } from './source-counts.tsx'

/** The search through every line there is: what it found, and each of it in its place. */
export function SearchPanel() {
  const { searchView, search, hasQuery, changeSearch } = useLogPage()
  const [chosen, setChosen] = useState<{ hits: readonly Hit[]; index: number }>({ hits: [], index: -1 })
  const openHit = useOpenHit()
  if (!searchView.isOpen) return null
  const all = hasQuery ? search.hits : []
  const whole = search.end ? search.listedUntil : null
  const hits = whole === null ? all : all.slice(0, whole)
  // A hit that came in front moves the chosen one down.
  const hit = chosen.hits[chosen.index]
  const current = hit ? hits.indexOf(hit) : -1
  const choose = (index: number): void => setChosen({ hits, index })
  const open = (index: number): void => {
    const next = hits[index]
    if (!next) return
    choose(index)
    openHit(next)
  }
  const step = (by: 1 | -1): void => open(Math.max(0, Math.min(hits.length - 1, current + by)))
  return (
    <section
      aria-label="Search every line"
      className="flex h-[42%] min-h-40 max-sm:h-[48%] shrink-0 flex-col border-t border-line-strong bg-panel"
    >
      <SearchHead onStep={step} canStep={hits.length > 0} />
      <SourceCounts />
      {hits.length === 0 ? (
        <Nothing />
      ) : (
        <HitRows
          hits={hits}
          current={current}
          onCurrent={choose}
          onOpen={open}
          onEscape={() => (search.isRunning ? search.stop() : changeSearch({ isOpen: false }))}
          foot={whole === null ? null : <OlderHits last={hits.at(-1)} />}
        />
      )}
    </section>
  )
}

/** Shows a hit among its neighbours: where its line is held, or in the past. */
function useOpenHit(): (hit: Hit) => void {
  const { search, session, reading, go } = useLogPage()
  return ({ source, cursor }) => {
    const containerId = search.sources[source]?.containerId
    if (!containerId) return
    const line = { containerId, cursor }
    const position = findLine(session, line)
    if (position >= 0) reading.goTo(position)
    else go({ at: cursor, line })
  }
}

function OlderHits({ last }: { last: Hit | undefined }) {
  const { searchView, changeSearch } = useLogPage()
  if (!last) return null
  return (
    <p className="px-4 py-1.5 font-sans text-muted sm:px-6">
      Older hits are counted and not listed.{' '}
      <button
        type="button"
        className="text-accent hover:underline"
        onClick={() => {
          const { sinceMs } = boundsOf(searchView.range, Date.now())
          changeSearch({ range: { sinceMs, untilMs: toMs(last.cursor) } })
        }}
      >
        Search what is older
      </button>
    </p>
  )
}

function Nothing() {
  const { hasQuery, search } = useLogPage()
  const isThrough = search.end?.reason === 'complete'
  return (
    <p className="px-4 py-3 text-muted sm:px-6">
      {!hasQuery
        ? 'Type above what to look for, or choose levels or a stream: every line there is will be looked at, not just those loaded.'
        : isThrough
          ? 'No line matches. Look at the case, the levels, the stream and the time range.'
          : ''}
    </p>
  )
}
