'use client'

import { useContainer } from '#components/live/hooks'
import { CommandLine } from '#components/ui/command-line'
import { command } from '#lib/docker/command'
import { type LogPage, useLogPage } from './log-page.tsx'
import { LogViewer } from './log-viewer.tsx'

const mirroredTail = 500

/** The logs tab of a container. */
export function ContainerLogs({ id }: { id: string }) {
  const container = useContainer(id)
  return (
    <LogViewer
      target={{ kind: 'container', id: container?.id ?? id }}
      foot={<ContainerFoot name={container?.name ?? id} />}
    />
  )
}

/** The logs tab of a project: all its containers in one stream. */
export function ProjectLogs({ name }: { name: string }) {
  return <LogViewer target={{ kind: 'project', name }} foot={<ProjectFoot name={name} />} />
}

function ContainerFoot({ name }: { name: string }) {
  const page = useLogPage()
  return <CommandLine command={command.logs(name, optionsOf(page))} note={noteOf(page)} />
}

function ProjectFoot({ name }: { name: string }) {
  const page = useLogPage()
  return (
    <CommandLine
      command={command.composeLogs(name, page.view.services, optionsOf(page))}
      note={noteOf(page)}
    />
  )
}

function noteOf({ session, reading }: LogPage): string {
  const { lineCount } = session.store
  const count = `${lineCount.toLocaleString('en')} ${lineCount === 1 ? 'line' : 'lines'}`
  return reading.isFollowing ? `following · ${count}` : count
}

const optionsOf = ({ view, reading }: LogPage) => ({
  isFollowing: reading.isFollowing,
  tail: mirroredTail,
  hasTimestamps: view.time !== 'off',
})
