import { Button } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { ErrorPanel } from '#components/ui/error-panel'
import { command } from '#lib/docker/command'

/** In place of a terminal where none is open: why, and what to do. */
export function NoShell({
  state,
  name,
  isOn,
  isOpening,
  error,
  onStart,
}: {
  state: string
  name: string
  isOn: boolean
  isOpening: boolean
  error: unknown
  onStart: () => void
}) {
  if (!isOn)
    return (
      <EmptyState title="Shells are switched off">
        Whoever runs this dashboard has set COMPOSURE_EXEC=off. In a terminal on the host you can still open
        one.
      </EmptyState>
    )
  if (error !== null)
    return (
      <div className="p-4">
        <ErrorPanel error={error} onRetry={onStart} />
      </div>
    )
  if (isOpening || state === 'loading') return <p className="p-4 text-muted">Opening a shell…</p>
  if (state === 'running')
    return (
      <EmptyState
        title="No shell is open"
        action={
          <Button tone="primary" onClick={onStart}>
            Open a shell
          </Button>
        }
      >
        The last one was closed, and nothing of it is left running.
      </EmptyState>
    )
  if (state === 'gone') return <EmptyState title="This container is gone">It was removed.</EmptyState>
  return (
    <EmptyState
      title={`${name} is ${state}`}
      commands={[command.act(state === 'paused' ? 'unpause' : 'start', [name])]}
    >
      A shell needs a running container. {state === 'paused' ? 'Unpause' : 'Start'} it, and one opens here.
    </EmptyState>
  )
}
