'use client'

import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { useKeptContainers } from '#components/live/kept-logs'
import { LinkButton } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { PageHeader } from '#components/ui/page-header'
import { TabsNav } from '#components/ui/tabs-nav'
import { pages } from '#lib/api/paths'

/** A project the Engine has nothing of: its kept logs, or that it is not there. */
export function GoneProject({ name, children }: { name: string; children: ReactNode }) {
  const { data: kept, isPending } = useKeptContainers({ project: name }, true)
  const isLogs = usePathname() === pages.projectLogs(name)
  if (isPending) return <PageHeader title={name} />
  if (!kept || kept.length === 0) return <NoSuchProject name={name} />
  const services = [...new Set(kept.map((container) => container.service))]
  return (
    <>
      <PageHeader
        title={name}
        summary={<span className="text-muted">taken down; its logs are kept ({services.join(', ')})</span>}
      />
      <TabsNav
        label={`Pages of ${name}`}
        tabs={[
          { href: pages.project(name), label: 'Overview' },
          { href: pages.projectLogs(name), label: 'Logs' },
        ]}
      />
      {isLogs ? (
        children
      ) : (
        <EmptyState
          title={`${name} was taken down`}
          commands={[['docker', 'compose', '-p', name, 'up', '-d']]}
          action={
            <LinkButton href={pages.projectLogs(name)} tone="primary">
              Read its logs
            </LinkButton>
          }
        >
          Nothing of it is on this Engine any more. Its logs are kept. To start it again, in its folder:
        </EmptyState>
      )}
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
