'use client'

import { useEffect, useRef } from 'react'

/** The keys of a log page; see `keyHelp` for what they do. */
export type LogKeys = Record<
  '/' | 'n' | 'N' | 'g' | 'G' | 'f' | 'w' | 'j' | 'k' | 'e' | 'E' | '?' | 'Enter' | 'Escape' | 'c',
  () => void
>

export const keyHelp: readonly (readonly [string, string])[] = [
  ['/', 'search'],
  ['n  N', 'next, previous match'],
  ['e  E', 'next, previous error'],
  ['j  k', 'line down, up'],
  ['g  G', 'first, last line'],
  ['f', 'follow'],
  ['w', 'wrap long lines'],
  ['Enter', 'details of the line'],
  ['c', 'copy the selected lines'],
  ['?', 'these keys'],
]

/** Listens while no field has the focus and no other key is held. */
export function useLogKeys(keys: LogKeys): void {
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      const { target } = event
      if (target instanceof HTMLElement) {
        if (target.closest('input, textarea, select, [contenteditable], [role="menu"], [role="dialog"]'))
          return
        if (event.key === 'Enter' && target.closest('button, a')) return
      }
      if (!Object.hasOwn(latest.current, event.key)) return
      // The test above is the guarantee that this is one of our keys.
      const run = latest.current[event.key as keyof LogKeys]
      if (event.key === '/') event.preventDefault()
      run()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
}
