'use client'

import '@xterm/xterm/css/xterm.css'
import { type RefObject, useImperativeHandle, useRef, useState } from 'react'
import { Button } from '#components/ui/button'
import { wordsOf } from '#components/ui/error-panel'
import { cx } from '#lib/format/cx'
import type { LineState } from './exec-connection.ts'
import { endWords } from './line-words.ts'
import { SearchBar } from './search-bar.tsx'
import { useTerminal } from './use-terminal.ts'
import type { Shell } from './use-shells.ts'

/** What the frame around the terminals asks of the one in front. */
export interface PaneControls {
  type: (text: string) => void
  openSearch: () => void
}

/** One shell's terminal, with what is to be said about its line at its foot. */
export function TerminalPane({
  shell,
  isActive,
  fontSize,
  controls,
  onLeave,
  onAgain,
}: {
  shell: Shell
  isActive: boolean
  fontSize: number
  controls: RefObject<PaneControls | null>
  onLeave: () => void
  onAgain: () => void
}) {
  const host = useRef<HTMLDivElement>(null)
  const [isSearching, setIsSearching] = useState(false)
  const { line, screen, type } = useTerminal(
    host,
    shell,
    { isActive, fontSize },
    { onSearch: () => setIsSearching(true), onLeave },
  )
  useImperativeHandle(isActive ? controls : null, () => ({ type, openSearch: () => setIsSearching(true) }))
  const closeSearch = (): void => {
    setIsSearching(false)
    screen.current?.terminal.focus()
  }
  return (
    <section
      aria-label={`Terminal ${shell.name}`}
      data-line={line.kind}
      className={cx('absolute inset-0', !isActive && 'invisible')}
    >
      <div ref={host} className="absolute inset-0 isolate" data-terminal />
      {isSearching ? <SearchBar screen={screen} onClose={closeSearch} /> : null}
      <LineBar line={line} isAttached={shell.session.isAttached} onAgain={onAgain} />
    </section>
  )
}

function LineBar({
  line,
  isAttached,
  onAgain,
}: {
  line: LineState
  isAttached: boolean
  onAgain: () => void
}) {
  const words = wordsOfLine(line, isAttached)
  return (
    <div aria-live="polite" className="absolute inset-x-0 bottom-0 z-10">
      {words ? (
        <div className="-mx-2 -mb-1 flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line-strong bg-sunk px-4 py-2">
          <p className="min-w-0 flex-1 basis-48">
            <span className="font-medium">{words.what}</span>
            {words.next ? <span className="text-muted"> {words.next}</span> : null}
          </p>
          {words.canStartAgain ? (
            <Button onClick={onAgain}>{isAttached ? 'Attach again' : 'Start again'}</Button>
          ) : null}
        </div>
      ) : null}
    </div>
  )
}

function wordsOfLine(
  line: LineState,
  isAttached: boolean,
): { what: string; next: string | null; canStartAgain: boolean } | null {
  switch (line.kind) {
    case 'connecting':
    case 'live':
      return null
    case 'reconnecting':
      return {
        what: 'The line to Composure is cut; connecting again…',
        next: 'The shell goes on; what you type now is not sent.',
        canStartAgain: false,
      }
    case 'ended':
      return { ...endWords(line.end, isAttached), canStartAgain: line.end.reason !== 'container_removed' }
    case 'gone':
      return {
        what: 'This shell is over.',
        next: 'Composure was restarted, or nobody watched it for a while.',
        canStartAgain: true,
      }
    case 'refused': {
      const { message, hint } = wordsOf(line.error)
      return { what: message, next: hint, canStartAgain: false }
    }
    default:
      return line satisfies never
  }
}
