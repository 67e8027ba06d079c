'use client'

import { createContext, use } from 'react'
import type { GoToPlace } from './place/use-place.tsx'
import type { Reading } from './reading/use-reading.tsx'
import type { SearchPage } from './search/use-log-search.tsx'
import type { LogSession, LogTarget } from './session/log-session.ts'
import type { ChangeView } from './view/use-log-view.tsx'
import type { LogView } from './view/view-url.ts'

/** What every part of a log page may read and do. */
export interface LogPage extends SearchPage {
  target: LogTarget
  session: LogSession
  /** Grows whenever the session has something new. */
  version: number
  view: LogView
  change: ChangeView
  reading: Reading
  /** Goes to a place in the past, or with null to the live end. */
  go: GoToPlace
  /** The line whose details are open. */
  openId: number | null
  open: (id: number | null) => void
  /** Makes it the current line and opens its details. */
  openLine: (id: number) => void
}

const LogPageContext = createContext<LogPage | null>(null)

export const LogPageProvider = LogPageContext.Provider

/** The log page around a component; throws outside one. */
export function useLogPage(): LogPage {
  const page = use(LogPageContext)
  if (!page) throw new Error('useLogPage is for components inside LogViewer.')
  return page
}
