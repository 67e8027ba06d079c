'use client'

import { useRouter } from 'next/navigation'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { isTyping } from '#components/ui/typing'
import { pages } from '#lib/api/paths'
import type { Container } from '#lib/docker/containers/container'

interface RowKeys {
  containers: readonly Container[]
  filterRef: RefObject<HTMLInputElement | null>
  scrollRef: RefObject<HTMLDivElement | null>
  onToggle: (id: string) => void
  onClear: () => void
  onScrollTo: (index: number) => void
}

/** The keys of the list: j k and arrows walk, x selects, Enter opens, l logs, s shell, / filters. Answers the row stood on. */
export function useRowKeys(keys: RowKeys): string | null {
  const [cursor, setCursor] = useState<string | null>(null)
  const router = useRouter()
  const latest = useRef({ ...keys, cursor })
  useEffect(() => {
    latest.current = { ...keys, cursor }
  })
  useEffect(() => {
    const walk = (step: number) => {
      const { containers, cursor: at, onScrollTo, scrollRef } = latest.current
      const from = containers.findIndex(({ id }) => id === at)
      const index = Math.min(containers.length - 1, Math.max(0, from === -1 ? 0 : from + step))
      const next = containers[index]
      if (!next) return
      setCursor(next.id)
      onScrollTo(index)
      // The row may come on screen only with the next paint.
      requestAnimationFrame(() =>
        scrollRef.current
          ?.querySelector<HTMLElement>(`[data-container="${next.id}"] a`)
          ?.focus({ preventScroll: true }),
      )
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return
      const { containers, cursor: at, onToggle, onClear, filterRef } = latest.current
      const current = containers.find(({ id }) => id === at)
      const actions: Record<string, (() => void) | undefined> = {
        j: () => walk(1),
        ArrowDown: () => walk(1),
        k: () => walk(-1),
        ArrowUp: () => walk(-1),
        '/': () => filterRef.current?.focus(),
        Escape: onClear,
        ...(current && {
          x: () => onToggle(current.id),
          l: () => router.push(pages.containerTab(current.id, 'logs')),
          s: () => router.push(pages.containerTab(current.id, 'shell')),
        }),
      }
      const run = actions[event.key]
      if (!run) return
      event.preventDefault()
      run()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [router])
  return cursor
}
