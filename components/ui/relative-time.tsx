'use client'

import { useSyncExternalStore } from 'react'
import { formatAge } from '#lib/format/time'

// One timer for the whole page, running only while something shows a time.
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | null = null
let nowMs = Date.now()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    nowMs = Date.now()
    for (const notify of listeners) notify()
  }, 1000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0 || timer === null) return
    clearInterval(timer)
    timer = null
  }
}

/** The time now, once a second; the server's render and the first one in the browser agree on `Date.now()` at load. */
export function useNowMs(): number {
  return useSyncExternalStore(
    subscribe,
    () => nowMs,
    // On the server no timer runs, and the module is as old as the process.
    () => (typeof document === 'undefined' ? Date.now() : nowMs),
  )
}

/** "4 s ago", "2 h ago"; the exact time in the title. `isAgo` false: "2 h". */
export function RelativeTime({ atMs, isAgo = true }: { atMs: number; isAgo?: boolean }) {
  const now = useNowMs()
  const at = new Date(atMs)
  return (
    <time dateTime={at.toISOString()} title={at.toLocaleString()} suppressHydrationWarning>
      {formatAge(now - atMs)}
      {isAgo ? ' ago' : ''}
    </time>
  )
}
