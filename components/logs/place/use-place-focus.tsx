'use client'

import { useEffect, useState } from 'react'
import { compareTimes } from '#lib/logs/nano-time'
import type { LogPage } from '../log-page.tsx'
import { findLine } from './find-line.ts'
import type { Place } from './place-url.ts'

/** Brings the line the page was opened at into view once it is here. True when that line is not among those around its time. */
export function usePlaceFocus({ session, reading, version }: LogPage): boolean {
  const { place } = session
  const [shown, setShown] = useState<{ place: Place; isMissing: boolean } | null>(null)
  const isDue = place !== null && session.isCaughtUp && shown?.place !== place
  useEffect(() => {
    void version
    if (!place || !isDue) return
    const line = place.line ? findLine(session, place.line) : -1
    // The list is there with the rows: one frame later.
    const frame = requestAnimationFrame(() => {
      if (line >= 0) reading.goToLine(line)
      else reading.goTo(firstFrom(session.store, place))
      setShown({ place, isMissing: place.line !== null && line < 0 })
    })
    return () => cancelAnimationFrame(frame)
  }, [session, reading, version, place, isDue])
  return shown?.place === place && shown !== null && shown.isMissing
}

function firstFrom(store: LogPage['session']['store'], { at }: Place): number {
  for (let position = 0; position < store.rowCount; position += 1)
    if (compareTimes(store.time(store.idAt(position)), at) >= 0) return position
  return store.rowCount - 1
}
