'use client'

import { useSyncExternalStore } from 'react'

export const themeChoices = ['system', 'light', 'dark'] as const
export type ThemeChoice = (typeof themeChoices)[number]

const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)')
  system.addEventListener('change', listener)
  listeners.add(listener)
  return () => {
    system.removeEventListener('change', listener)
    listeners.delete(listener)
  }
}

function readChoice(): ThemeChoice {
  const { theme } = document.documentElement.dataset
  return theme === 'dark' || theme === 'light' ? theme : 'system'
}

/** Shows the theme at once and keeps it for a year, in a cookie that the first paint reads. */
export function chooseTheme(choice: ThemeChoice): void {
  if (choice === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = choice
  document.cookie = `theme=${choice}; path=/; max-age=${choice === 'system' ? 0 : 31_536_000}; samesite=strict`
  for (const listener of listeners) listener()
}

/** The choice, and whether the page is dark now: for what CSS cannot colour (canvas, terminals). */
export function useTheme(): { choice: ThemeChoice; isDark: boolean } {
  const choice = useSyncExternalStore(subscribe, readChoice, () => 'system' as const)
  const isDark = useSyncExternalStore(
    subscribe,
    () =>
      readChoice() === 'dark' ||
      (readChoice() === 'system' && matchMedia('(prefers-color-scheme: dark)').matches),
    () => false,
  )
  return { choice, isDark }
}
