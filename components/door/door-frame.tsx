'use client'

import type { ReactNode } from 'react'

/** The quiet page before the dashboard: one column, one thing to do. */
export function DoorFrame({ children }: { children: ReactNode }) {
  return (
    <div className="grid min-h-dvh grid-rows-[minmax(2rem,1fr)_auto_minmax(2rem,2fr)] px-5">
      <main id="main" className="row-start-2 mx-auto w-full max-w-80">
        <p className="mb-8 flex items-center gap-2 text-base font-semibold tracking-[-0.01em]">
          <Glyph />
          Composure
        </p>
        {children}
      </main>
    </div>
  )
}

function Glyph() {
  return (
    <svg aria-hidden viewBox="0 0 16 16" className="size-4 shrink-0 text-accent">
      <rect y="1" width="16" height="4" rx="1" fill="currentColor" />
      <rect y="6.5" width="11" height="4" rx="1" fill="currentColor" />
      <rect y="12" width="6" height="4" rx="1" fill="currentColor" />
    </svg>
  )
}
