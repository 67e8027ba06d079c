'use client'

import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import { copyLineLink } from '../copy.ts'
import type { LogPage } from '../log-page.tsx'
import { keepHighlight, nextTime } from '../view/changes.ts'

interface KeyTargets {
  search: RefObject<HTMLInputElement | null>
}

/** What each key of a log page does; the keyboard help of the frame says it in words. */
function actionsOf(page: LogPage, { search }: KeyTargets): Record<string, () => void> {
  const { reading, view, change, open, searchView, changeSearch } = page
  const down = (): void => reading.goTo(reading.here() + 1)
  const up = (): void => reading.goTo(reading.here() - 1)
  return {
    '/': () => search.current?.focus(),
    n: () => reading.step(1),
    N: () => reading.step(-1),
    e: () => reading.stepError(1),
    E: () => reading.stepError(-1),
    j: down,
    ArrowDown: down,
    k: up,
    ArrowUp: up,
    ' ': () => reading.page(1),
    PageDown: () => reading.page(1),
    b: () => reading.page(-1),
    PageUp: () => reading.page(-1),
    g: reading.toStart,
    Home: reading.toStart,
    G: () => reading.follow(true),
    End: () => reading.follow(true),
    f: () => reading.follow(!reading.isFollowing),
    s: () => changeSearch({ isOpen: !searchView.isOpen }),
    w: () => change({ isWrapped: !view.isWrapped }),
    t: () => change({ time: nextTime(view) }),
    h: () => change(keepHighlight(view)),
    z: () => toggleTrace(page),
    c: reading.copySelected,
    l: () => copyLineLink(page, reading.currentId),
    Enter: () => open(reading.currentId),
    Escape: () => {
      open(null)
      reading.clearSelection()
    },
  }
}

/** Opens or folds the trace of the current line. */
function toggleTrace({ session, reading }: LogPage): void {
  const { currentId } = reading
  const headId = currentId === null ? -1 : session.store.traceHeadOf(currentId)
  const trace = headId < 0 ? null : session.store.traceOf(headId)
  if (!trace) return
  session.setTraceOpen(headId, !trace.isOpen)
  reading.setCurrentId(headId)
}

/** Keys that would move the page. */
const scrolling = new Set(['/', ' ', 'PageDown', 'PageUp', 'ArrowDown', 'ArrowUp', 'Home', 'End'])

/** Listens while no field has the focus and no other key is held. */
export function useLogKeys(page: LogPage, targets: KeyTargets): void {
  const latest = useRef<Record<string, () => void>>({})
  // Before the next key can come: two quick ones must not both act on what was before the first.
  useLayoutEffect(() => {
    latest.current = actionsOf(page, targets)
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (isForSomethingElse(event)) return
      const run = Object.hasOwn(latest.current, event.key) ? latest.current[event.key] : undefined
      if (!run) return
      if (scrolling.has(event.key)) event.preventDefault()
      run()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
}

function isForSomethingElse({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.closest('input, textarea, select, [contenteditable], [role="menu"], [role="dialog"]'))
    return true
  return key === 'Enter' && target.closest('button, a') !== null
}
