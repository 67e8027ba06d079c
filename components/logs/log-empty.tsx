import { Button } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { command } from '#lib/docker/command'
import { useLogPage } from './log-page.tsx'

/** Why there is nothing to read, and what to do about it. */
export function LogEmpty() {
  const { session, target, change } = useLogPage()
  if (session.store.lineCount > 0)
    return (
      <EmptyState
        title="No line passes the filter"
        action={
          <Button
            onClick={() =>
              change({ levels: [], stream: 'all', services: [], isMatchOnly: false, fields: [] })
            }
          >
            Show all lines
          </Button>
        }
      >
        {session.store.lineCount.toLocaleString('en')} lines are here; none is of these services, levels,
        fields and stream, or matches.
      </EmptyState>
    )
  const unreadable = session.sources.find((source) => source.state === 'unreadable')
  if (unreadable)
    return (
      <EmptyState title={`The log of ${unreadable.name} cannot be read`}>
        Its logging driver is “{unreadable.detail}”, which keeps nothing that Docker could hand out. Lines go
        where that driver sends them. To read them here, run it with json-file or local.
      </EmptyState>
    )
  const name = session.sources[0]?.name ?? (target.kind === 'project' ? target.name : target.id.slice(0, 12))
  const commands = target.kind === 'project' ? [command.composeLogs(target.name)] : [command.logs(name)]
  if (session.sources.some((source) => source.state === 'removed'))
    return (
      <EmptyState title="This container is gone">
        Docker removes a log together with its container.
      </EmptyState>
    )
  if (!session.isCaughtUp)
    return (
      <p role="status" className="px-4 py-3 font-mono text-xs text-faint sm:px-6">
        reading…
      </p>
    )
  return (
    <EmptyState title="No output yet" commands={commands}>
      Nothing was written to stdout or stderr. New lines appear here by themselves.
    </EmptyState>
  )
}
