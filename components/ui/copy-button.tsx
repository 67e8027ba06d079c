'use client'

import { Check, Copy, type LucideIcon } from 'lucide-react'
import { useEffect, useState } from 'react'
import { IconButton } from './icon-button.tsx'

/** Copies to the clipboard; true when it could. Falls back to the old way on plain-http addresses. */
export async function copyText(text: string): Promise<boolean> {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text)
      return true
    } catch {
      // Not allowed here: try the old way.
    }
  }
  const area = document.createElement('textarea')
  area.value = text
  area.setAttribute('readonly', '')
  area.style.position = 'fixed'
  area.style.opacity = '0'
  document.body.append(area)
  area.select()
  const isDone = document.execCommand('copy')
  area.remove()
  return isDone
}

/** Says "copied" for a moment after `copy` has worked. */
export function useCopied(): { isCopied: boolean; copy: (text: string) => void } {
  const [isCopied, setIsCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setIsCopied(false), 1500)
    return () => clearTimeout(timer)
  }, [isCopied])
  return { isCopied, copy: (text) => void copyText(text).then(setIsCopied) }
}

export function CopyButton({
  text,
  label = 'Copy',
  icon = Copy,
}: {
  text: string
  label?: string
  icon?: LucideIcon
}) {
  const { isCopied, copy } = useCopied()
  return (
    <>
      <IconButton label={label} icon={isCopied ? Check : icon} onClick={() => copy(text)} />
      <span aria-live="polite" className="sr-only">
        {isCopied ? 'Copied' : ''}
      </span>
    </>
  )
}
