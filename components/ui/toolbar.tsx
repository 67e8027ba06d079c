'use client'

import { Search, X } from 'lucide-react'
import type { ReactNode, Ref } from 'react'
import { cx } from '#lib/format/cx'
import { Kbd } from './kbd.tsx'

/** The line of filters and actions above a list. */
export function Toolbar({ children }: { children: ReactNode }) {
  return <div className="flex shrink-0 flex-wrap items-center gap-2 px-4 py-2 sm:px-6">{children}</div>
}

export interface FilterBoxProps {
  value: string
  onChange: (value: string) => void
  /** Says what is searched: "Filter by name, image, project". */
  label: string
  inputRef?: Ref<HTMLInputElement>
  onKeyDown?: (event: React.KeyboardEvent<HTMLInputElement>) => void
}

/** Filters what is on the page, as you type. The page's `/` key should focus it. */
export function FilterBox({ value, onChange, label, inputRef, onKeyDown }: FilterBoxProps) {
  return (
    <div className="relative min-w-44 flex-1 basis-56 sm:max-w-sm">
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 size-3.5 -translate-y-1/2 text-faint"
        strokeWidth={1.75}
      />
      <input
        ref={inputRef}
        type="text"
        role="searchbox"
        aria-label={label}
        placeholder={label}
        value={value}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            if (value === '') event.currentTarget.blur()
            else onChange('')
          }
          onKeyDown?.(event)
        }}
        className="h-7 w-full rounded-md border border-line-strong bg-panel pr-8 pl-8 text-sm placeholder:text-faint hover:border-faint/60 focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0 pointer-coarse:h-9"
      />
      <span className="absolute top-1/2 right-1.5 -translate-y-1/2">
        {value === '' ? (
          <span aria-hidden className="pointer-events-none pointer-coarse:hidden">
            <Kbd>/</Kbd>
          </span>
        ) : (
          <button
            type="button"
            aria-label="Clear the filter"
            onClick={() => onChange('')}
            className="grid size-5 place-items-center rounded-sm text-muted hover:bg-hover hover:text-text"
          >
            <X aria-hidden className="size-3.5" />
          </button>
        )}
      </span>
    </div>
  )
}

/** A filter that is on or off, with how many it would show. */
export function Chip({
  isOn,
  count,
  onClick,
  children,
}: {
  isOn: boolean
  count?: number
  onClick: () => void
  children: ReactNode
}) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      onClick={onClick}
      className={cx(
        'inline-flex h-6 shrink-0 items-center gap-1.5 rounded-full border px-2.5 text-xs transition-colors duration-100 pointer-coarse:h-8',
        isOn
          ? 'border-accent bg-accent-soft text-text'
          : 'border-line text-muted hover:border-line-strong hover:text-text',
      )}
    >
      {children}
      {count === undefined ? null : <span className={isOn ? 'text-muted' : 'text-faint'}>{count}</span>}
    </button>
  )
}
