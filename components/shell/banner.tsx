import type { ReactNode } from 'react'
import { Button } from '#components/ui/button'
import { CopyButton } from '#components/ui/copy-button'
import { StateMark } from '#components/ui/state'
import { formatCommand } from '#lib/docker/command'
import { cx } from '#lib/format/cx'

/** A line of news over the page: what happened, what to do, the command that helps. */
export function Banner({
  title,
  tone = 'bad',
  command = null,
  onReload,
  children,
}: {
  title: string
  tone?: 'bad' | 'warn'
  command?: readonly string[] | null
  onReload?: () => void
  children: ReactNode
}) {
  return (
    <div
      role="alert"
      className={cx(
        'flex shrink-0 flex-wrap gap-x-3 gap-y-1 border-b border-line px-4 py-2.5 sm:px-6',
        tone === 'bad' ? 'bg-bad-soft' : 'bg-warn-soft',
      )}
    >
      <StateMark tone={tone} className="mt-[7px]" />
      <div className="min-w-0 flex-1 basis-60">
        <p className="font-medium">{title}</p>
        <p className="text-muted">{children}</p>
      </div>
      {command ? (
        <div className="flex min-w-0 items-center gap-1 self-center max-sm:ml-5">
          <code className="min-w-0 font-mono text-xs [overflow-wrap:anywhere]">{formatCommand(command)}</code>
          <CopyButton text={formatCommand(command)} label="Copy the command" />
        </div>
      ) : null}
      {onReload ? <Button onClick={onReload}>Reload</Button> : null}
    </div>
  )
}
