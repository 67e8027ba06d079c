'use client'

import { useContainer } from '#components/live/hooks'
import { CommandLine } from '#components/ui/command-line'
import { command } from '#lib/docker/command'
import { LogViewer, type LogStatus } from './log-viewer.tsx'

const mirroredTail = 500

function note(status: LogStatus): string {
  const count = `${status.lineCount.toLocaleString('en')} ${status.lineCount === 1 ? 'line' : 'lines'}`
  return status.isFollowing ? `following · ${count}` : count
}

const optionsOf = (status: LogStatus) => ({
  isFollowing: status.isFollowing,
  tail: mirroredTail,
  hasTimestamps: status.view.time !== 'off',
})

/** The logs tab of a container. */
export function ContainerLogs({ id }: { id: string }) {
  const container = useContainer(id)
  return (
    <LogViewer
      target={{ kind: 'container', id: container?.id ?? id }}
      foot={(status) => (
        <CommandLine command={command.logs(container?.name ?? id, optionsOf(status))} note={note(status)} />
      )}
    />
  )
}

/** The logs tab of a project: all its containers in one stream. */
export function ProjectLogs({ name }: { name: string }) {
  return (
    <LogViewer
      target={{ kind: 'project', name }}
      foot={(status) => (
        <CommandLine
          command={command.composeLogs(name, status.view.services, optionsOf(status))}
          note={note(status)}
        />
      )}
    />
  )
}
