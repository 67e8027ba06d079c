'use client'

import { useSearchParams } from 'next/navigation'
import { useCallback, useEffect, useState } from 'react'

interface UrlState<View> {
  view: View
  /** The query as the router last told it. */
  told: string
  /** Queries of ours that the router has yet to tell back. */
  written: readonly string[]
}

/**
 * How something is looked at, kept in the URL's query: it can be shared, reloaded and gone back to. The state leads and the URL
 * follows, because the router tells a new URL too late for fast typing; a URL somebody else made (a link, Back) is taken over.
 * `read` and `write` must keep their identity.
 */
export function useUrlState<View extends object>(
  read: (params: URLSearchParams) => View,
  write: (view: View) => URLSearchParams,
): { view: View; change: (part: Partial<View>) => void } {
  const told = useSearchParams().toString()
  const [state, setState] = useState<UrlState<View>>(() => ({
    view: read(new URLSearchParams(told)),
    told,
    written: [],
  }))
  if (state.told !== told) {
    const position = state.written.indexOf(told)
    setState(
      position < 0
        ? { view: read(new URLSearchParams(told)), told, written: [] }
        : { ...state, told, written: state.written.slice(position + 1) },
    )
  }
  const change = useCallback(
    (part: Partial<View>) =>
      setState((before) => {
        const view = { ...before.view, ...part }
        const query = write(view).toString()
        const isNew = query !== (before.written.at(-1) ?? before.told)
        return { ...before, view, written: isNew ? [...before.written, query] : before.written }
      }),
    [write],
  )
  const newest = state.written.at(-1)
  useEffect(() => {
    // Typing a filter is no step of the history.
    if (newest !== undefined) history.replaceState(null, '', newest === '' ? location.pathname : `?${newest}`)
  }, [newest])
  return { view: state.view, change }
}
