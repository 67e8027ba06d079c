'use client'

import { type RefObject, useRef, useState } from 'react'
import { notify } from '#components/ui/toast'
import type { LogListHandle } from '../rows/log-list.tsx'
import type { LogSession } from '../session/log-session.ts'

/** Where somebody is in the log, and how they move. Positions are rows on screen, see `LineStore`. */
export interface Reading {
  list: RefObject<LogListHandle | null>
  isFollowing: boolean
  follow: (isFollowing: boolean) => void
  /** Lines that came since following was left. */
  newCount: number
  currentId: number | null
  setCurrentId: (id: number | null) => void
  /** The current row, or the first one on screen. */
  here: () => number
  goTo: (position: number) => void
  toStart: () => void
  /** To the next or previous match, error. */
  step: (direction: 1 | -1) => void
  stepError: (direction: 1 | -1) => void
  /** First and last position selected. */
  range: [number, number] | null
  select: (id: number, isRange: boolean) => void
  clearSelection: () => void
  copySelected: () => void
}

const errorLevel = 5

export function useReading(session: LogSession, goLive: () => void): Reading {
  const { store } = session
  const list = useRef<LogListHandle>(null)
  const [isFollowing, setFollowing] = useState(session.place === null)
  const [currentId, setCurrentId] = useState<number | null>(null)
  const [selection, setSelection] = useState<{ from: number; to: number } | null>(null)
  const [leftAtCount, setLeftAtCount] = useState(0)
  // Another session has other lines: nothing of where somebody was holds there.
  const [ofSession, setOfSession] = useState(session)
  if (ofSession !== session) {
    setOfSession(session)
    setFollowing(session.place === null)
    setCurrentId(null)
    setSelection(null)
    setLeftAtCount(0)
  }

  const seenCount = store.lineCount + store.droppedCount
  const follow = (next: boolean): void => {
    if (next === isFollowing) return
    if (next && session.place) {
      goLive()
      return
    }
    setFollowing(next)
    setLeftAtCount(store.lineCount + store.droppedCount)
  }
  const goTo = (position: number): void => {
    if (position < 0 || position >= store.rowCount) return
    follow(false)
    setCurrentId(store.idAt(position))
    list.current?.reveal(position)
  }
  const here = (): number => {
    const known = currentId === null ? -1 : store.positionOf(currentId)
    return known >= 0 ? known : (list.current?.topPosition() ?? 0)
  }
  const range = selection && rangeOf(session, selection)
  return {
    list,
    isFollowing,
    follow,
    newCount: isFollowing ? 0 : seenCount - leftAtCount,
    currentId,
    setCurrentId,
    here,
    goTo,
    toStart: () => {
      follow(false)
      setCurrentId(null)
      if (session.hasEarlier) void session.loadOlder(true).then(() => list.current?.reveal(0))
      else list.current?.reveal(0)
    },
    step: (direction) => goTo(store.find(here(), direction, (id) => store.isMatch(id))),
    stepError: (direction) => goTo(store.find(here(), direction, (id) => store.level(id) >= errorLevel)),
    range,
    select: (id, isRange) => {
      setCurrentId(id)
      setSelection((before) => (isRange && before ? { from: before.from, to: id } : { from: id, to: id }))
    },
    clearSelection: () => setSelection(null),
    copySelected: () => copyLines(session, range, currentId),
  }
}

function rangeOf({ store }: LogSession, selection: { from: number; to: number }): [number, number] | null {
  const [a, b] = [store.positionOf(selection.from), store.positionOf(selection.to)]
  return a < 0 || b < 0 ? null : [Math.min(a, b), Math.max(a, b)]
}

function copyLines({ store }: LogSession, range: [number, number] | null, currentId: number | null): void {
  const lines: string[] = []
  if (range) for (let at = range[0]; at <= range[1]; at += 1) lines.push(store.copyText(store.idAt(at)))
  else if (currentId !== null) lines.push(store.copyText(currentId))
  if (lines.length === 0) return
  void navigator.clipboard
    .writeText(lines.join('\n'))
    .then(() => notify.done(`Copied ${lines.length === 1 ? 'the line' : `${lines.length} lines`}.`))
}
