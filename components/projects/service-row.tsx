'use client'

import Link from 'next/link'
import { DriftBadge } from '#components/compose/drift-badge'
import { ContainerLinks, MainAction } from '#components/containers/container-buttons'
import { ContainerMenu } from '#components/containers/container-menu'
import { ContainerStateText, HealthText } from '#components/containers/container-state'
import { Bytes } from '#components/ui/bytes'
import { useNowMs } from '#components/ui/relative-time'
import { State } from '#components/ui/state'
import { Cell, Row } from '#components/ui/table'
import { pages } from '#lib/api/paths'
import type { Container } from '#lib/docker/containers/container'
import type { Service } from '#lib/docker/projects/project'
import { serviceWords } from '#lib/docker/projects/service-words'
import { cx } from '#lib/format/cx'
import { Load, noSamples, Nothing, Ports, type Stats } from './service-cells.tsx'

interface ServiceRowProps {
  name: string
  /** Null for a replica or a one-off container. */
  service: Service | null
  container: Container
  stats: Stats
  isReplica?: boolean
}

/** A service with one container, or one replica. */
export function ServiceRow({ name, service, container, stats, isReplica = false }: ServiceRowProps) {
  const nowMs = useNowMs()
  const samples = stats.get(container.id) ?? noSamples
  const last = container.state === 'running' ? samples.at(-1) : undefined
  const completed = service?.isCompleted ? serviceWords(service, nowMs) : null
  return (
    <Row data-container={container.id}>
      <Cell
        narrow="title"
        className="@min-[44rem]/body:w-1/4 @min-[44rem]/body:max-w-0 @min-[44rem]/body:min-w-28"
      >
        <span className={cx('flex flex-col', isReplica && 'pl-5')}>
          <span className="flex min-w-0 items-center gap-2">
            <Link
              href={pages.container(container.id)}
              prefetch={false}
              title={name}
              className="truncate font-medium hover:underline"
            >
              {name}
            </Link>
            {service ? <DriftBadge service={service.name} /> : null}
          </span>
          <span title={container.name} className="truncate font-mono text-2xs leading-[14px] text-faint">
            {container.name}
          </span>
        </span>
      </Cell>
      <Cell>
        {completed ? (
          <State tone={completed.tone}>
            <span suppressHydrationWarning>{completed.text}</span>
          </State>
        ) : (
          <ContainerStateText container={container} />
        )}
      </Cell>
      <Cell narrow={container.health === 'none' ? 'hidden' : 'detail'}>
        {completed ? <span className="text-faint">one shot</span> : <HealthText container={container} />}
      </Cell>
      <Cell>
        <Ports ports={container.ports} />
      </Cell>
      <Cell>
        <Load values={samples.map(({ cpuPercent }) => cpuPercent)} last={last?.cpuPercent ?? null} />
      </Cell>
      <Cell align="end" className="@min-[44rem]/body:min-w-18">
        {last ? <Bytes value={last.memoryBytes} /> : <Nothing />}
      </Cell>
      <Cell align="end" narrow="hidden" className="@max-[58rem]/body:hidden">
        <span
          className={container.restartCount > 2 ? 'text-bad' : container.restartCount > 0 ? '' : 'text-faint'}
        >
          {container.restartCount}
        </span>
      </Cell>
      <Cell
        narrow="hidden"
        title={container.image}
        className="max-w-44 truncate font-mono text-xs text-muted @max-[72rem]/body:hidden"
      >
        {container.image}
      </Cell>
      <Cell align="end" narrow="end">
        <span className="inline-flex items-center gap-1">
          <span className="contents @max-[62rem]/body:hidden">
            <MainAction container={container} />
            <ContainerLinks container={container} />
          </span>
          <span className="hidden @max-[62rem]/body:contents">
            <MainAction container={container} isIcon />
            <span className="contents @max-[50rem]/body:hidden">
              <ContainerLinks container={container} isIcon />
            </span>
          </span>
          <ContainerMenu container={container} />
        </span>
      </Cell>
    </Row>
  )
}
