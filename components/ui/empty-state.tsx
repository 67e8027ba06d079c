import type { ReactNode } from 'react'
import { CommandBlock } from './command-line.tsx'

/** Nothing here: says so, why that may be, the next step, and the command for it. */
export function EmptyState({
  title,
  children,
  commands = [],
  action,
}: {
  title: string
  children?: ReactNode
  commands?: readonly (readonly string[])[]
  action?: ReactNode
}) {
  return (
    <div className="mx-auto grid w-full max-w-lg gap-3 px-4 py-16">
      <h2 className="text-base font-semibold tracking-[-0.01em]">{title}</h2>
      {children ? <div className="max-w-[60ch] text-muted">{children}</div> : null}
      {commands.length > 0 ? <CommandBlock commands={commands} /> : null}
      {action ? <div className="mt-1 flex flex-wrap gap-2">{action}</div> : null}
    </div>
  )
}
