'use client'

import { type RefObject, useEffect, useRef } from 'react'
import type { LogPage } from '../log-page.tsx'

interface KeyTargets {
  search: RefObject<HTMLInputElement | null>
  setHelpOpen: (change: (isOpen: boolean) => boolean) => void
}

/** What each key of a log page does; `KeyHelp` says it in words. */
function actionsOf(
  { reading, view, change, open, searchView, changeSearch }: LogPage,
  { search, setHelpOpen }: KeyTargets,
): Record<string, () => void> {
  return {
    '/': () => search.current?.focus(),
    n: () => reading.step(1),
    N: () => reading.step(-1),
    e: () => reading.stepError(1),
    E: () => reading.stepError(-1),
    j: () => reading.goTo(reading.here() + 1),
    k: () => reading.goTo(reading.here() - 1),
    g: reading.toStart,
    G: () => reading.follow(true),
    f: () => reading.follow(!reading.isFollowing),
    s: () => changeSearch({ isOpen: !searchView.isOpen }),
    w: () => change({ isWrapped: !view.isWrapped }),
    c: reading.copySelected,
    Enter: () => open(reading.currentId),
    Escape: () => {
      open(null)
      reading.clearSelection()
      setHelpOpen(() => false)
    },
    '?': () => setHelpOpen((isOpen) => !isOpen),
  }
}

/** Listens while no field has the focus and no other key is held. */
export function useLogKeys(page: LogPage, targets: KeyTargets): void {
  const latest = useRef<Record<string, () => void>>({})
  useEffect(() => {
    latest.current = actionsOf(page, targets)
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (isForSomethingElse(event)) return
      const run = Object.hasOwn(latest.current, event.key) ? latest.current[event.key] : undefined
      if (!run) return
      if (event.key === '/') event.preventDefault()
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
