'use client'

import { Plus, X } from 'lucide-react'
import { cx } from '#lib/format/cx'
import { IconButton } from '#components/ui/icon-button'
import type { Shells } from './use-shells.ts'

/** The row of shells of one container: choose, close, open another. */
export function ShellTabs({
  shells,
  onNew,
  children,
}: {
  shells: Shells
  onNew: () => void
  children: React.ReactNode
}) {
  const list = shells.list ?? []
  const move = (step: number): void => {
    const at = list.findIndex(({ session }) => session.id === shells.active)
    const next = list[(at + step + list.length) % list.length]
    if (next) shells.choose(next.session.id)
  }
  return (
    <div className="flex shrink-0 items-center gap-1 border-b border-line bg-bg px-2">
      <ul aria-label="Shells" className="flex min-w-0 items-center gap-1 overflow-x-auto">
        {list.map(({ session, name }) => {
          const isActive = session.id === shells.active
          return (
            <li
              key={session.id}
              className={cx(
                'flex h-9 shrink-0 items-center border-b-2 pr-1',
                isActive ? 'border-accent' : 'border-transparent',
              )}
            >
              <button
                type="button"
                data-shell-tab
                aria-current={isActive}
                onKeyDown={({ key }) => {
                  if (key === 'ArrowRight') move(1)
                  if (key === 'ArrowLeft') move(-1)
                }}
                onClick={() => shells.choose(session.id)}
                className={cx(
                  'flex h-9 items-center gap-2 pr-1 pl-2.5 font-mono text-xs -outline-offset-2',
                  isActive ? 'text-text' : 'text-muted hover:text-text',
                )}
              >
                {name}
                {session.user ? <span className="text-faint">{session.user}</span> : null}
              </button>
              <IconButton
                label={`Close ${name}`}
                detail={session.isAttached ? 'the container goes on' : 'ends everything it started'}
                icon={X}
                onClick={() => shells.close(session.id)}
                className="size-6"
              />
            </li>
          )
        })}
      </ul>
      <IconButton label="New shell" icon={Plus} isPending={shells.isOpening} onClick={onNew} />
      <span className="flex-1" />
      {children}
    </div>
  )
}
