'use client'

import { useEffect } from 'react'
import { levels } from '#lib/logs/level'
import type { LogSession } from '../session/log-session.ts'
import type { Filter } from '../store/line-store.ts'
import type { LogView } from './view-url.ts'

/** The session shows and looks for what the view says. */
export function useViewFilter(session: LogSession, view: LogView): void {
  const { text, isRegex, isCaseSensitive } = view
  useEffect(() => {
    const timer = setTimeout(() => session.find.set({ text, isRegex, isCaseSensitive }), 80)
    return () => clearTimeout(timer)
  }, [session, text, isRegex, isCaseSensitive])
  // As text: the view's lists are new objects with every change, and sources join while the page is open.
  const wanted = JSON.stringify({
    levels: view.levels.map((level) => levels.indexOf(level)),
    sources: sourcesOf(session, view.services),
    stream: view.stream,
    isMatchOnly: view.isMatchOnly && view.text !== '',
  })
  useEffect(() => {
    const parsed = JSON.parse(wanted) as Pick<Filter, 'stream' | 'isMatchOnly'> & {
      levels: number[]
      sources: number[] | null
    }
    session.setFilter({
      levels: parsed.levels.length === 0 ? null : new Set(parsed.levels),
      sources: parsed.sources && new Set(parsed.sources),
      stream: parsed.stream,
      isMatchOnly: parsed.isMatchOnly,
    })
  }, [session, wanted])
}

function sourcesOf(session: LogSession, services: readonly string[]): number[] | null {
  if (services.length === 0) return null
  return session.sources
    .filter((source) => services.includes(source.service || source.name))
    .map((source) => source.index)
}
