'use client'

import type { ReactNode } from 'react'
import { formatCommand } from '#lib/docker/command'
import { CopyButton, useCopied } from './copy-button.tsx'

/** The page as a command, at its foot. A click copies it. `note` stands at the right ("following, 1,204 lines"). */
export function CommandLine({ command, note }: { command: readonly string[]; note?: ReactNode }) {
  const text = formatCommand(command)
  const { isCopied, copy } = useCopied()
  return (
    <footer className="flex shrink-0 items-stretch border-t border-line bg-sunk text-xs text-muted">
      <button
        type="button"
        onClick={() => copy(text)}
        aria-label={`Copy the command of this page: ${text}`}
        className="group flex min-w-0 flex-1 items-center gap-2.5 py-[7px] pr-4 pl-4 text-left -outline-offset-2 sm:pl-6"
      >
        <span aria-hidden className="font-mono text-faint select-none">
          $
        </span>
        <code data-command className="min-w-0 flex-1 truncate font-mono text-text">
          {text}
        </code>
        <span aria-hidden className="shrink-0 text-faint group-hover:text-text max-sm:hidden">
          {isCopied ? 'copied' : 'this page as a command · copy'}
        </span>
      </button>
      {note ? <span className="flex items-center border-l border-line px-4 sm:pr-6">{note}</span> : null}
      <span aria-live="polite" className="sr-only">
        {isCopied ? 'Copied' : ''}
      </span>
    </footer>
  )
}

/** Commands inside a dialog or a text, with a copy button. */
export function CommandBlock({ commands }: { commands: readonly (readonly string[])[] }) {
  const text = commands.map(formatCommand).join('\n')
  return (
    <div className="flex items-start gap-1 rounded-md bg-sunk py-1 pr-1 pl-3">
      <pre className="max-h-40 min-w-0 flex-1 overflow-auto py-1 font-mono text-xs leading-5 whitespace-pre-wrap [overflow-wrap:anywhere]">
        <code data-command>{text}</code>
      </pre>
      <CopyButton text={text} label={commands.length > 1 ? 'Copy the commands' : 'Copy the command'} />
    </div>
  )
}
