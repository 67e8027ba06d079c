import type { ReactNode } from 'react'

/** Names and values, one pair a line; long values break, they are never cut. */
export function Facts({ children }: { children: ReactNode }) {
  return (
    <dl className="grid grid-cols-[fit-content(40%)_minmax(0,1fr)] gap-x-5 gap-y-1.5 text-sm">{children}</dl>
  )
}

export function Fact({
  name,
  isMono = false,
  children,
}: {
  name: ReactNode
  isMono?: boolean
  children: ReactNode
}) {
  return (
    <>
      <dt className="min-w-22 text-faint [overflow-wrap:anywhere]">{name}</dt>
      <dd className={`min-w-0 [overflow-wrap:anywhere] ${isMono ? 'font-mono text-xs leading-5' : ''}`}>
        {children}
      </dd>
    </>
  )
}

/** A part of a page with a heading: a line above it, no box around it. */
export function Section({
  title,
  aside,
  children,
}: {
  title: ReactNode
  aside?: ReactNode
  children: ReactNode
}) {
  return (
    <section className="min-w-0">
      <div className="mb-2 flex min-h-7 items-center gap-3">
        <h2 className="text-sm font-semibold">{title}</h2>
        {aside ? <div className="ml-auto flex items-center gap-2 text-xs text-faint">{aside}</div> : null}
      </div>
      {children}
    </section>
  )
}
