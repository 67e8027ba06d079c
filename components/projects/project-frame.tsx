'use client'

import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { ComposeActions } from '#components/compose/compose-actions'
import { ComposeDialogs } from '#components/compose/dialogs/compose-dialogs'
import { ComposeNotice } from '#components/compose/compose-notice'
import { ComposeProvider, useCompose } from '#components/compose/compose-status'
import { NotStarted } from '#components/compose/places/not-started'
import { useIsLoaded, useProject } from '#components/live/hooks'
import { PageBody, PageHeader } from '#components/ui/page-header'
import { StateMark } from '#components/ui/state'
import { TabsNav } from '#components/ui/tabs-nav'
import { pages } from '#lib/api/paths'
import { GoneProject } from './gone-project.tsx'
import { ProjectActions } from './project-actions.tsx'
import { toneColour } from './service-tile.tsx'

/** Head and tabs of a project; the tabs' pages stand below. */
export function ProjectFrame({ name, children }: { name: string; children: ReactNode }) {
  return (
    <ComposeProvider project={name}>
      <Frame name={name}>{children}</Frame>
      <ComposeDialogs project={name} />
    </ComposeProvider>
  )
}

function Frame({ name, children }: { name: string; children: ReactNode }) {
  const project = useProject(name)
  const isLoaded = useIsLoaded()
  const status = useCompose()
  const isOnlyRemembered = project === null && isLoaded && status !== null && status.place !== null
  const pathname = usePathname()
  if (project === null && isLoaded && !isOnlyRemembered)
    return status === null ? null : <GoneProject name={name}>{children}</GoneProject>
  return (
    <>
      <PageHeader
        title={name}
        mark={<StateMark tone={project?.tone ?? 'idle'} />}
        summary={
          project ? (
            <span className={toneColour(project.tone)}>{project.summary}</span>
          ) : isOnlyRemembered ? (
            'not started'
          ) : null
        }
        actions={
          <>
            {project ? <ProjectActions project={project} /> : null}
            <ComposeActions project={name} isStarted={(project?.services.length ?? 0) > 0} />
          </>
        }
      />
      <TabsNav
        label={`Pages of ${name}`}
        tabs={[
          { href: pages.project(name), label: 'Overview' },
          { href: pages.projectLogs(name), label: 'Logs' },
          { href: pages.projectCompose(name), label: 'Compose' },
          { href: pages.projectActivity(name), label: 'Activity' },
        ]}
      />
      {isOnlyRemembered && pathname === pages.project(name) ? (
        <PageBody>
          <div className="pt-4">
            <ComposeNotice />
          </div>
          <NotStarted project={name} />
        </PageBody>
      ) : (
        children
      )}
    </>
  )
}
