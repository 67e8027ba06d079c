'use client'

import { useEffect } from 'react'
import { isTyping } from '#components/ui/typing'

/** The keys that work on every page: Ctrl/Cmd-K and ?. `onNear` hears the Ctrl or Cmd that may become the first of them. */
export function useGlobalKeys({
  onNear,
  onFind,
  onHelp,
}: {
  onNear: () => void
  onFind: () => void
  onHelp: () => void
}): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Control' || event.key === 'Meta') onNear()
      if (
        (event.ctrlKey || event.metaKey) &&
        !event.altKey &&
        !event.shiftKey &&
        event.key.toLowerCase() === 'k'
      ) {
        // Inside a terminal Ctrl-K is the shell's; Cmd-K is not.
        if (event.ctrlKey && event.target instanceof Element && event.target.closest('[data-keys="own"]'))
          return
        event.preventDefault()
        onFind()
        return
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return
      if (event.key === '?') {
        event.preventDefault()
        onHelp()
      }
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [onNear, onFind, onHelp])
}
