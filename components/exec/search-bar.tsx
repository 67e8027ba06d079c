'use client'

import { ArrowDown, ArrowUp, X } from 'lucide-react'
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { Input } from '#components/ui/field'
import { IconButton } from '#components/ui/icon-button'
import type { Screen } from './create-terminal.ts'

const decorations = {
  matchBackground: '#8a6d1f',
  matchOverviewRuler: '#8a6d1f',
  activeMatchBackground: '#c58a00',
  activeMatchColorOverviewRuler: '#c58a00',
}

/** Finds text in what the terminal has kept: Enter for the one before, Shift+Enter for the one after, Escape to go back. */
export function SearchBar({ screen, onClose }: { screen: RefObject<Screen | null>; onClose: () => void }) {
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [found, setFound] = useState<{ resultIndex: number; resultCount: number } | null>(null)
  useEffect(() => {
    input.current?.focus()
    const search = screen.current?.search
    const listener = search?.onDidChangeResults(setFound)
    return () => {
      listener?.dispose()
      search?.clearDecorations()
    }
  }, [screen])
  const go = (direction: 'back' | 'on', value = text): void => {
    const search = screen.current?.search
    if (!value) search?.clearDecorations()
    else if (direction === 'back') search?.findPrevious(value, { decorations })
    else search?.findNext(value, { decorations })
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onClose()
    else if (event.key === 'Enter') go(event.shiftKey ? 'on' : 'back')
    else return
    event.preventDefault()
  }
  return (
    <search className="absolute top-0 right-3 z-10 flex max-w-full items-center gap-1 rounded-md border border-line-strong bg-panel p-1 shadow-lift">
      <Input
        ref={input}
        aria-label="Find in this terminal"
        placeholder="Find"
        value={text}
        onChange={({ target }) => {
          setText(target.value)
          go('back', target.value)
        }}
        onKeyDown={onKeyDown}
        className="w-40"
      />
      <span aria-live="polite" className="min-w-14 text-center text-xs text-muted">
        {text === '' || !found
          ? ''
          : found.resultCount === 0
            ? 'none'
            : `${found.resultIndex + 1} of ${found.resultCount}`}
      </span>
      <IconButton label="The one before" icon={ArrowUp} onClick={() => go('back')} />
      <IconButton label="The one after" icon={ArrowDown} onClick={() => go('on')} />
      <IconButton label="Close the search" icon={X} onClick={onClose} />
    </search>
  )
}
