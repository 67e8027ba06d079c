import type { ReactNode } from 'react'

/** A key. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-grid h-[18px] min-w-[18px] place-items-center rounded-sm border border-line bg-sunk px-1 font-mono text-2xs leading-none text-muted">
      {children}
    </kbd>
  )
}
