'use client'

import { type RefObject, useRef, useState } from 'react'
import { copyLines } from '../copy.ts'
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
  /** A screen down or up. */
  page: (direction: 1 | -1) => void
  toStart: () => void
  /** To a line wherever it stands, opening the trace it is folded into. */
  goToLine: (id: number) => void
  /** To the next or previous match. */
  step: (direction: 1 | -1) => void
  /** To the next or previous error, of one service where one is named. */
  stepError: (direction: 1 | -1, service?: string) => void
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
  const goToLine = (id: number): void => {
    if (id < 0) return
    const headId = store.traceHeadOf(id)
    if (store.positionOf(id) < 0 && headId >= 0) session.setTraceOpen(headId, true)
    goTo(store.positionOf(id))
  }
  const idHere = (): number => currentId ?? store.idAt(list.current?.topPosition() ?? 0)
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
    page: (direction) => {
      if (direction < 0) follow(false)
      setCurrentId(null)
      list.current?.page(direction)
    },
    toStart: () => {
      follow(false)
      setCurrentId(null)
      if (session.hasEarlier) void session.loadOlder(true).then(() => list.current?.reveal(0))
      else list.current?.reveal(0)
    },
    goToLine,
    step: (direction) => goToLine(store.find(idHere(), direction, (id) => store.isMatch(id))),
    stepError: (direction, service) =>
      goToLine(store.find(idHere(), direction, (id) => isErrorOf(session, id, service))),
    range,
    select: (id, isRange) => {
      setCurrentId(id)
      setSelection((before) => (isRange && before ? { from: before.from, to: id } : { from: id, to: id }))
    },
    clearSelection: () => setSelection(null),
    copySelected: () => copyLines(session, idsOf(session, range, currentId), 'text'),
  }
}

/** The first line of an error: the rest of its trace is the same one. */
function isErrorOf({ store, sourceOf }: LogSession, id: number, service: string | undefined): boolean {
  if (store.level(id) < errorLevel) return false
  const headId = store.traceHeadOf(id)
  if (headId >= 0 && headId !== id) return false
  const source = sourceOf(store.source(id))
  return service === undefined || (source?.service || source?.name) === service
}

function rangeOf({ store }: LogSession, selection: { from: number; to: number }): [number, number] | null {
  const [a, b] = [store.positionOf(selection.from), store.positionOf(selection.to)]
  return a < 0 || b < 0 ? null : [Math.min(a, b), Math.max(a, b)]
}

/** The lines meant, with what is folded away under them. */
function idsOf({ store }: LogSession, range: [number, number] | null, currentId: number | null): number[] {
  const ids = range
    ? Array.from({ length: range[1] - range[0] + 1 }, (_, i) => store.idAt(range[0] + i))
    : currentId === null
      ? []
      : [currentId]
  return ids.flatMap((id) => (store.isFolded(id) ? store.withTrace(id) : [id]))
}
