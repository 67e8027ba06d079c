'use client'

import { ChevronRight } from 'lucide-react'
import { DriftBadge } from '#components/compose/drift-badge'
import { LinkButton } from '#components/ui/button'
import { Bytes } from '#components/ui/bytes'
import { useNowMs } from '#components/ui/relative-time'
import { State } from '#components/ui/state'
import { Cell, Row } from '#components/ui/table'
import { Tooltip } from '#components/ui/tooltip'
import { pages } from '#lib/api/paths'
import { command, formatCommand } from '#lib/docker/command'
import type { Container } from '#lib/docker/containers/container'
import type { Service } from '#lib/docker/projects/project'
import { serviceWords } from '#lib/docker/projects/service-words'
import { cx } from '#lib/format/cx'
import { Load, noSamples, Nothing, Ports, type Stats } from './service-cells.tsx'

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
  const samples = containers.map(({ id }) => stats.get(id) ?? noSamples)
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
          className="group inline-flex items-center gap-1.5 text-left align-middle"
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
        <span className="ml-2 align-middle">
          <DriftBadge service={service.name} />
        </span>
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
      <Cell align="end" className="@min-[44rem]/body:min-w-18">
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
      <Cell align="end" narrow="end">
        <GroupLogs service={service} />
      </Cell>
    </Row>
  )
}

/** The logs of all its replicas in one. */
function GroupLogs({ service }: { service: Service }) {
  const project = service.containers[0]?.compose?.project ?? ''
  const line = formatCommand(command.composeLogs(project, [service.name]))
  return (
    <Tooltip text={<code className="font-mono text-2xs">{line}</code>}>
      <LinkButton
        href={`${pages.projectLogs(project)}?${new URLSearchParams({ service: service.name }).toString()}`}
        aria-label={`Logs of ${service.name}`}
      >
        Logs
      </LinkButton>
    </Tooltip>
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
