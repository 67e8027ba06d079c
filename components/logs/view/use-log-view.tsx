'use client'

import { useSearchParams } from 'next/navigation'
import { useCallback, useEffect, useState } from 'react'
import { type LogView, readView, writeView } from './view-url.ts'

export type ChangeView = (part: Partial<LogView>) => void

/** The view of this page's URL, and how to change parts of it without a navigation. */
export function useLogView(): { view: LogView; change: ChangeView } {
  const params = useSearchParams()
  // The URL follows the state and not the other way round: it is written too late for fast typing.
  const [view, setView] = useState(() => readView(new URLSearchParams(params.toString())))
  const change = useCallback<ChangeView>((part) => setView((before) => ({ ...before, ...part })), [])
  useEffect(() => {
    const next = writeView(new URLSearchParams(location.search), view)
    const url = `${location.pathname}${next ? `?${next}` : ''}${location.hash}`
    if (url !== location.pathname + location.search + location.hash) history.replaceState(null, '', url)
  }, [view])
  return { view, change }
}
