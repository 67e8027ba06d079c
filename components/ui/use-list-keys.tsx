'use client'

import { type RefObject, useEffect, useRef, useState } from 'react'
import { isTyping } from './typing.tsx'

interface ListKeys {
  /** Keys of the rows as shown; each row carries its own as `data-row`. */
  rowKeys: readonly string[]
  filterRef: RefObject<HTMLInputElement | null>
  /** Where the rows are. */
  bodyRef: RefObject<HTMLElement | null>
  onToggle?: (key: string) => void
  onClear?: () => void
}

/** The keys of a list: j k and arrows walk (focus goes along, so Enter opens), x selects, / filters, Escape clears. Answers the row stood on. */
export function useListKeys(keys: ListKeys): string | null {
  const [cursor, setCursor] = useState<string | null>(null)
  const latest = useRef({ ...keys, cursor })
  useEffect(() => {
    latest.current = { ...keys, cursor }
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return
      const { rowKeys, cursor: at, bodyRef, filterRef, onToggle, onClear } = latest.current
      const walk = (step: number) => {
        const from = at === null ? -1 : rowKeys.indexOf(at)
        const next = rowKeys[Math.min(rowKeys.length - 1, Math.max(0, from === -1 ? 0 : from + step))]
        if (next === undefined) return
        setCursor(next)
        const row = [...(bodyRef.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])].find(
          (element) => element.dataset.row === next,
        )
        row?.scrollIntoView({ block: 'nearest' })
        row?.querySelector<HTMLElement>('a')?.focus({ preventScroll: true })
      }
      const actions: Record<string, (() => void) | undefined> = {
        j: () => walk(1),
        ArrowDown: () => walk(1),
        k: () => walk(-1),
        ArrowUp: () => walk(-1),
        '/': () => filterRef.current?.focus(),
        Escape: onClear,
        x: at !== null && onToggle ? () => onToggle(at) : undefined,
      }
      const run = actions[event.key]
      if (!run) return
      event.preventDefault()
      run()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
  return cursor !== null && keys.rowKeys.includes(cursor) ? cursor : null
}
