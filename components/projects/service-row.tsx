'use client'

import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { ContainerLinks, MainAction } from '#components/containers/container-buttons'
import { ContainerMenu } from '#components/containers/container-menu'
import { ContainerStateText, HealthText } from '#components/containers/container-state'
import { Bytes } from '#components/ui/bytes'
import { PortList } from '#components/ui/port-link'
import { useNowMs } from '#components/ui/relative-time'
import { Sparkline } from '#components/ui/sparkline'
import { State } from '#components/ui/state'
import { Cell, Row } from '#components/ui/table'
import { pages } from '#lib/api/paths'
import type { Container } from '#lib/docker/container'
import type { Service } from '#lib/docker/project'
import { serviceWords } from '#lib/docker/service-words'
import type { StatsSample } from '#lib/docker/stats'
import { formatPercent } from '#lib/format/percent'
import { cx } from '#lib/format/cx'

type Stats = ReadonlyMap<string, readonly StatsSample[]>
const none: readonly never[] = []

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
  const samples = stats.get(container.id) ?? none
  const last = container.state === 'running' ? samples.at(-1) : undefined
  const completed = service?.isCompleted ? serviceWords(service, nowMs) : null
  return (
    <Row data-container={container.id}>
      <Cell narrow="title">
        <span className={cx('flex max-w-56 flex-col', isReplica && 'pl-5')}>
          <Link
            href={pages.container(container.id)}
            prefetch={false}
            className="truncate font-medium hover:underline"
          >
            {name}
          </Link>
          <span className="truncate font-mono text-2xs leading-[14px] text-faint">{container.name}</span>
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
      <Cell align="end" className="min-w-18">
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
            <span className="contents @max-[44rem]/body:hidden">
              <ContainerLinks container={container} isIcon />
            </span>
          </span>
          <ContainerMenu container={container} />
        </span>
      </Cell>
    </Row>
  )
}

/** Several replicas as one: opens to show each. */
export function ServiceGroupRow({
  service,
  stats,
  isOpen,
  onToggle,
}: {
  service: Service
  stats: Stats
  isOpen: boolean
  onToggle: () => void
}) {
  const { tone, text } = serviceWords(service, useNowMs())
  const { containers } = service
  const samples = containers.map(({ id }) => stats.get(id) ?? none)
  const longest = Math.max(0, ...samples.map((list) => list.length))
  // Replicas report each on their own second: their newest samples are added, counted from the end.
  const cpu = Array.from({ length: longest }, (_, index) =>
    samples.reduce((sum, list) => sum + (list[list.length - longest + index]?.cpuPercent ?? 0), 0),
  )
  const memoryBytes = samples.reduce((sum, list) => sum + (list.at(-1)?.memoryBytes ?? 0), 0)
  const restarts = containers.reduce((sum, { restartCount }) => sum + restartCount, 0)
  return (
    <Row>
      <Cell narrow="title">
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={onToggle}
          className="group flex items-center gap-1.5 text-left"
        >
          <span className="flex flex-col">
            <span className="font-medium group-hover:underline">{service.name}</span>
            <span className="font-mono text-2xs leading-[14px] text-faint">{containers.length} replicas</span>
          </span>
          <ChevronRight
            aria-hidden
            className={cx('size-3.5 text-faint transition-transform duration-100', isOpen && 'rotate-90')}
          />
        </button>
      </Cell>
      <Cell>
        <State tone={tone}>
          <span suppressHydrationWarning>{text}</span>
        </State>
      </Cell>
      <Cell narrow="hidden">
        <GroupHealth containers={containers} />
      </Cell>
      <Cell>
        <Ports ports={containers.flatMap(({ ports }) => ports)} />
      </Cell>
      <Cell>
        <Load values={cpu} last={cpu.at(-1) ?? null} />
      </Cell>
      <Cell align="end" className="min-w-18">
        {memoryBytes > 0 ? <Bytes value={memoryBytes} /> : <Nothing />}
      </Cell>
      <Cell align="end" narrow="hidden" className="@max-[58rem]/body:hidden">
        <span className={restarts > 0 ? '' : 'text-faint'}>{restarts}</span>
      </Cell>
      <Cell
        narrow="hidden"
        className="max-w-44 truncate font-mono text-xs text-muted @max-[72rem]/body:hidden"
      >
        {containers[0]?.image}
      </Cell>
      <Cell narrow="hidden" />
    </Row>
  )
}

function GroupHealth({ containers }: { containers: readonly Container[] }) {
  const checked = containers.filter(({ health }) => health !== 'none')
  const healthy = checked.filter(({ health }) => health === 'healthy').length
  if (checked.length === 0) return <span className="text-faint">no check</span>
  if (healthy === checked.length) return 'healthy'
  return (
    <span className={checked.some(({ health }) => health === 'unhealthy') ? 'text-bad' : 'text-warn'}>
      {healthy} of {checked.length} healthy
    </span>
  )
}

function Ports({ ports }: { ports: Container['ports'] }): ReactNode {
  if (ports.length === 0) return <span className="text-faint max-sm:hidden">none</span>
  return <PortList ports={ports} limit={4} className="flex-wrap" />
}

function Load({ values, last }: { values: readonly number[]; last: number | null }) {
  if (last === null) return <Nothing />
  return (
    <span className="inline-flex items-center gap-2 align-middle">
      <span className="@max-[58rem]/body:hidden">
        <Sparkline values={values} ceiling={5} />
      </span>
      {formatPercent(last)}
    </span>
  )
}

function Nothing() {
  return <span className="text-faint max-sm:hidden">–</span>
}
