'use client'

import { useEngineStatus } from '#components/live/hooks'
import { CopyButton } from '#components/ui/copy-button'
import { StateMark } from '#components/ui/state'
import { formatCommand } from '#lib/docker/command'
import { problemWords } from '#lib/docker/engine-words'
import { formatClock } from '#lib/format/time'

/** Over every page while the Engine is away: what happened, since when, what to do. It goes by itself. */
export function EngineBanner() {
  const engine = useEngineStatus()
  if (engine.state !== 'away') return null
  const { title, hint, command } = problemWords(engine.problem)
  return (
    <div role="alert" className="flex shrink-0 gap-3 border-b border-line bg-bad-soft px-4 py-2.5 sm:px-6">
      <StateMark tone="bad" className="mt-[7px]" />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{title}</p>
        <p className="text-muted">
          {hint} Showing what was known at <span suppressHydrationWarning>{formatClock(engine.sinceMs)}</span>
          ; this page heals itself when the Engine is back.
        </p>
      </div>
      {command ? (
        <div className="flex shrink-0 items-center gap-1 self-center max-sm:hidden">
          <code className="font-mono text-xs">{formatCommand(command)}</code>
          <CopyButton text={formatCommand(command)} label="Copy the command" />
        </div>
      ) : null}
    </div>
  )
}
