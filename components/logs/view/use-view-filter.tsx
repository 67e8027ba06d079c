'use client'

import { useEffect } from 'react'
import { levels } from '#lib/logs/level'
import type { LogSession } from '../session/log-session.ts'
import type { Lookup } from '../find/lookup.ts'
import type { Filter } from '../store/row-filter.ts'
import type { LogView } from './view-url.ts'

/** The session shows and looks for what the view says. */
export function useViewFilter(session: LogSession, view: LogView): void {
  const { text, isRegex, isCaseSensitive, highlights, fields } = view
  const lookup = JSON.stringify({
    query: { text, isRegex, isCaseSensitive },
    highlights,
    fields,
  } satisfies Lookup)
  useEffect(() => {
    const timer = setTimeout(() => session.find.set(JSON.parse(lookup) as Lookup), 80)
    return () => clearTimeout(timer)
  }, [session, lookup])
  // As text: the view's lists are new objects with every change, and sources join while the page is open.
  const wanted = JSON.stringify({
    levels: view.levels.map((level) => levels.indexOf(level)),
    sources: sourcesOf(session, view.services),
    stream: view.stream,
    isMatchOnly: view.isMatchOnly && view.text !== '',
    hasFields: view.fields.length > 0,
    isFolded: view.traces === 'folded',
  })
  useEffect(() => {
    const parsed = JSON.parse(wanted) as Omit<Filter, 'levels' | 'sources'> & {
      levels: number[]
      sources: number[] | null
    }
    session.setFilter({
      ...parsed,
      levels: parsed.levels.length === 0 ? null : new Set(parsed.levels),
      sources: parsed.sources && new Set(parsed.sources),
    })
  }, [session, wanted])
}

function sourcesOf(session: LogSession, services: readonly string[]): number[] | null {
  if (services.length === 0) return null
  return session.sources
    .filter((source) => services.includes(source.service || source.name))
    .map((source) => source.index)
}
