'use client'

import type { ReactNode } from 'react'
import { useIsLoaded, useProject } from '#components/live/hooks'
import { LinkButton } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { PageHeader } from '#components/ui/page-header'
import { StateMark } from '#components/ui/state'
import { TabsNav } from '#components/ui/tabs-nav'
import { pages } from '#lib/api/paths'
import { ProjectActions } from './project-actions.tsx'
import { toneColour } from './service-tile.tsx'

/** Head and tabs of a project; the tabs' pages stand below. */
export function ProjectFrame({ name, children }: { name: string; children: ReactNode }) {
  const project = useProject(name)
  const isLoaded = useIsLoaded()
  if (project === null && isLoaded) return <NoSuchProject name={name} />
  return (
    <>
      <PageHeader
        title={name}
        mark={project ? <StateMark tone={project.tone} /> : null}
        summary={project ? <span className={toneColour(project.tone)}>{project.summary}</span> : null}
        actions={project ? <ProjectActions project={project} /> : null}
      />
      <TabsNav
        label={`Pages of ${name}`}
        tabs={[
          { href: pages.project(name), label: 'Overview' },
          { href: pages.projectLogs(name), label: 'Logs' },
        ]}
      />
      {children}
    </>
  )
}

function NoSuchProject({ name }: { name: string }) {
  return (
    <EmptyState
      title={`There is no project ${name} on this Engine`}
      commands={[['docker', 'compose', '-p', name, 'up', '-d']]}
      action={<LinkButton href={pages.home}>All projects</LinkButton>}
    >
      It may have been taken down with its volumes, or it never ran here. To start it again, in its folder:
    </EmptyState>
  )
}
