'use client'

import { useSearchParams } from 'next/navigation'
import { useCallback, useEffect, useState } from 'react'
import { type Place, readPlace, writePlace } from './place-url.ts'

export type GoToPlace = (place: Place | null) => void

/** Where the page stands, from its URL and kept there; null is the live end. Going back in the browser goes back here too. */
export function usePlace(): { place: Place | null; go: GoToPlace } {
  const params = useSearchParams()
  const [place, setPlace] = useState(() => readPlace(new URLSearchParams(params.toString())))
  const go = useCallback<GoToPlace>((next) => {
    const query = writePlace(new URLSearchParams(location.search), next)
    history.pushState(null, '', `${location.pathname}${query ? `?${query}` : ''}`)
    setPlace(next)
  }, [])
  useEffect(() => {
    const onBack = (): void => setPlace(readPlace(new URLSearchParams(location.search)))
    addEventListener('popstate', onBack)
    return () => removeEventListener('popstate', onBack)
  }, [])
  return { place, go }
}
