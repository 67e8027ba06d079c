import type { ReactNode, Ref } from 'react'
import { cx } from '#lib/format/cx'

/** The head of a page: an optional mark (state), the name, a summary in words, actions at the right. */
export function PageHeader({
  title,
  mark,
  summary,
  actions,
  isMono = false,
}: {
  title: ReactNode
  mark?: ReactNode
  summary?: ReactNode
  actions?: ReactNode
  isMono?: boolean
}) {
  return (
    <header className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-2 px-4 pt-3.5 pb-2.5 sm:px-6">
      <div className="flex min-w-0 items-center gap-3">
        {mark}
        <h1 className={cx('truncate text-title font-semibold tracking-[-0.015em]', isMono && 'font-mono')}>
          {title}
        </h1>
      </div>
      {summary ? <div className="min-w-0 truncate text-muted">{summary}</div> : null}
      {actions ? <div className="ml-auto flex flex-wrap items-center gap-2">{actions}</div> : null}
    </header>
  )
}

/** What scrolls between the head and the command at the foot. `isFlush` for a body that brings its own edges (logs, a terminal). */
export function PageBody({
  isFlush = false,
  ref,
  children,
}: {
  isFlush?: boolean
  /** The element that scrolls, for long lists. */
  ref?: Ref<HTMLDivElement>
  children: ReactNode
}) {
  return (
    <div
      ref={ref}
      className={cx(
        '@container/body relative min-h-0 flex-1',
        isFlush ? 'flex flex-col overflow-hidden' : 'overflow-y-auto px-4 pb-6 sm:px-6',
      )}
    >
      {children}
    </div>
  )
}
