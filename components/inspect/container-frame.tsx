'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import { ContainerLinks, MainAction } from '#components/containers/container-buttons'
import { ContainerMenu } from '#components/containers/container-menu'
import { ContainerStateText } from '#components/containers/container-state'
import { useContainer, useIsLoaded } from '#components/live/hooks'
import { useAbilities } from '#components/ui/abilities'
import { PageHeader } from '#components/ui/page-header'
import { TabsNav } from '#components/ui/tabs-nav'
import { containerTabs, pages } from '#lib/api/paths'
import type { Container } from '#lib/docker/containers/container'
import { AsideNotice } from './aside-notice.tsx'
import { GoneContainer } from './gone-container.tsx'

/** The head and the tabs of one container's pages. A container that is gone says so and shows the way on. */
export function ContainerFrame({ id, children }: { id: string; children: ReactNode }) {
  const container = useContainer(id)
  const isLoaded = useIsLoaded()
  const isExecOn = useAbilities()?.isExecOn ?? true
  const tabs = containerTabs.filter((tab) => tab !== 'shell' || isExecOn)
  if (!container && isLoaded) return <GoneContainer id={id}>{children}</GoneContainer>
  return (
    <>
      {container ? <ContainerHeader container={container} /> : <PageHeader title={id} isMono />}
      {container ? <AsideNotice container={container} /> : null}
      <TabsNav
        label="Container"
        tabs={[
          { href: pages.container(id), label: 'Overview' },
          ...tabs.map((tab) => ({ href: pages.containerTab(id, tab), label: titleOf(tab) })),
        ]}
      />
      {children}
    </>
  )
}

function ContainerHeader({ container }: { container: Container }) {
  return (
    <PageHeader
      title={container.name}
      summary={
        <span className="flex min-w-0 flex-wrap items-center gap-x-3">
          <ContainerStateText container={container} withHealth />
          {container.compose ? (
            <Link
              href={pages.project(container.compose.project)}
              className="max-w-full truncate text-accent hover:underline"
            >
              {container.compose.project} / {container.compose.service}
            </Link>
          ) : null}
          <span className="font-mono text-xs text-faint">{container.image}</span>
        </span>
      }
      actions={
        <>
          <MainAction container={container} />
          <ContainerLinks container={container} />
          <ContainerMenu container={container} />
        </>
      }
    />
  )
}

function titleOf(tab: string): string {
  return tab.charAt(0).toUpperCase() + tab.slice(1)
}
