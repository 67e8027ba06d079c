'use client'

import { useSearchParams } from 'next/navigation'
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { everyLine, type LogQuery } from '#lib/logs/search/query'
import { boundsOf } from '#lib/logs/search/time-range'
import type { LogTarget } from '../session/log-session.ts'
import { targetParams } from '../session/window-lines.ts'
import type { LogView } from '../view/view-url.ts'
import { LogSearch, type SearchOrder } from './log-search.ts'
import { readSearchView, type SearchView, writeSearchView } from './search-view.ts'

const listedHits = 10_000
/** Typing is over. */
const pauseMs = 400

export interface SearchPage {
  search: LogSearch
  searchView: SearchView
  changeSearch: (part: Partial<SearchView>) => void
  /** Something is asked for that not every line is. */
  hasQuery: boolean
  /** Grows whenever the search has something new. */
  searchVersion: number
  searchAgain: () => void
}

/** The search through all there is, as the page's URL says it. */
export function useLogSearch(target: LogTarget, view: LogView): SearchPage {
  const params = useSearchParams()
  const [searchView, setView] = useState(() => readSearchView(new URLSearchParams(params.toString())))
  const changeSearch = useCallback(
    (part: Partial<SearchView>) => setView((before) => ({ ...before, ...part })),
    [],
  )
  useEffect(() => {
    const next = writeSearchView(new URLSearchParams(location.search), searchView)
    const url = `${location.pathname}${next ? `?${next}` : ''}${location.hash}`
    if (url !== location.pathname + location.search + location.hash) history.replaceState(null, '', url)
  }, [searchView])

  const search = useMemo(() => new LogSearch(), [])
  const searchVersion = useSyncExternalStore(search.subscribe, search.getVersion, search.getVersion)
  const hasQuery = view.text !== '' || view.levels.length > 0 || view.stream !== 'all'
  const isSearching = searchView.isOpen && hasQuery
  // As text: what is asked for is a new object with every render.
  const wanted =
    isSearching || searchView.hasHistogram
      ? JSON.stringify({
          target: ordered(target, view),
          view: queryOf(view, searchView, isSearching),
          range: searchView.range,
          isSearching,
        })
      : ''
  const [round, setRound] = useState(0)
  useEffect(() => {
    void round
    if (!wanted) {
      search.clear()
      return
    }
    const timer = setTimeout(() => search.start(orderOf(wanted)), pauseMs)
    return () => clearTimeout(timer)
  }, [search, wanted, round])
  useEffect(() => () => search.clear(), [search])
  return { search, searchView, changeSearch, hasQuery, searchVersion, searchAgain: () => setRound(round + 1) }
}

function ordered(target: LogTarget, view: LogView): Record<string, string> {
  return { ...targetParams(target), ...(view.services.length > 0 ? { services: view.services.join() } : {}) }
}

function queryOf(view: LogView, searchView: SearchView, isSearching: boolean): LogQuery {
  if (!isSearching) return everyLine
  const { text, isRegex, isCaseSensitive, levels, stream } = view
  return {
    ...everyLine,
    text,
    isRegex,
    isCaseSensitive,
    levels,
    stream,
    isInverted: searchView.isInverted && text !== '',
  }
}

function orderOf(wanted: string): SearchOrder {
  const { target, view, range, isSearching } = JSON.parse(wanted) as {
    target: Record<string, string>
    view: LogQuery
    range: SearchView['range']
    isSearching: boolean
  }
  return {
    target,
    query: { ...view, ...boundsOf(range, Date.now()) },
    limit: isSearching ? listedHits : 0,
  }
}
