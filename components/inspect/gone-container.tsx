'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { useKeptContainers } from '#components/live/kept-logs'
import { LinkButton } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { PageHeader } from '#components/ui/page-header'
import { RelativeTime } from '#components/ui/relative-time'
import { TabsNav } from '#components/ui/tabs-nav'
import type { HistoryContainer } from '#lib/api/history'
import { pages } from '#lib/api/paths'
import { isContainerId } from '#lib/docker/containers/container-id'
import { ContainerGone } from './container-gone.tsx'

/** A container the Engine no longer has: its kept log, or that it is not there. */
export function GoneContainer({ id, children }: { id: string; children: ReactNode }) {
  const { data, isPending } = useKeptContainers({ id }, isContainerId(id))
  const isLogs = usePathname() === pages.containerTab(id, 'logs')
  const kept = data?.[0]
  if (isContainerId(id) && isPending) return <PageHeader title={id} isMono />
  if (!kept) return <ContainerGone id={id} />
  return (
    <>
      <PageHeader title={kept.name} summary={<Summary kept={kept} />} />
      <TabsNav label="Container" tabs={[{ href: pages.containerTab(id, 'logs'), label: 'Logs' }]} />
      {isLogs ? (
        children
      ) : (
        <EmptyState
          title={`${kept.name} was removed`}
          action={
            <LinkButton href={pages.containerTab(id, 'logs')} tone="primary">
              Read its log
            </LinkButton>
          }
        >
          The Engine forgets everything of a container with it. Its log is kept.
        </EmptyState>
      )}
    </>
  )
}

function Summary({ kept }: { kept: HistoryContainer }) {
  return (
    <span className="flex flex-wrap items-center gap-x-3 text-muted">
      <span>
        removed; its log is kept
        {kept.lastLineAtMs === null ? null : (
          <>
            , the last line <RelativeTime atMs={kept.lastLineAtMs} />
          </>
        )}
      </span>
      {kept.project ? (
        <Link href={pages.projectLogs(kept.project)} className="text-accent hover:underline">
          {kept.project} / {kept.service}
        </Link>
      ) : null}
    </span>
  )
}
