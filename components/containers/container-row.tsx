'use client'

import Link from 'next/link'
import { memo } from 'react'
import { Bytes } from '#components/ui/bytes'
import { CheckBox } from '#components/ui/checkbox'
import { PortList } from '#components/ui/port-link'
import { Sparkline } from '#components/ui/sparkline'
import { Cell, Row } from '#components/ui/table'
import { pages } from '#lib/api/paths'
import type { Container } from '#lib/docker/containers/container'
import type { StatsSample } from '#lib/docker/containers/stats'
import { formatPercent } from '#lib/format/percent'
import { ContainerLinks, MainAction } from './container-buttons.tsx'
import { ContainerMenu } from './container-menu.tsx'
import { ContainerStateText } from './container-state.tsx'

export interface ContainerRowProps {
  container: Container
  index: number
  samples: readonly StatsSample[]
  isSelected: boolean
  isCursor: boolean
  onToggle: (id: string) => void
  onMount: (element: HTMLTableRowElement | null) => void
}

/** One container as one line (two on a narrow page). */
export const ContainerRow = memo(function ContainerRow(props: ContainerRowProps) {
  const { container, samples, index, isSelected, isCursor, onToggle, onMount } = props
  const { id, name, compose } = container
  const last = samples.at(-1)
  const isRunning = container.state === 'running'
  return (
    <Row ref={onMount} data-index={index} data-container={id} isSelected={isSelected} isCursor={isCursor}>
      <Cell narrow="check">
        <CheckBox aria-label={`Select ${name}`} isChecked={isSelected} onChange={() => onToggle(id)} />
      </Cell>
      <Cell narrow="title" className="truncate @min-[44rem]/body:w-[30%] @min-[44rem]/body:max-w-0">
        <Link
          href={pages.container(id)}
          prefetch={false}
          title={name}
          className="font-medium hover:underline"
        >
          {name}
        </Link>
      </Cell>
      <Cell>
        <ContainerStateText container={container} withHealth />
      </Cell>
      <Cell className="max-w-40 truncate @max-[76rem]/body:hidden" narrow="hidden">
        {compose ? (
          <Link
            href={pages.project(compose.project)}
            prefetch={false}
            className="text-muted hover:text-text hover:underline"
          >
            {compose.project}
          </Link>
        ) : (
          <span className="text-faint">none</span>
        )}
      </Cell>
      <Cell
        className="max-w-48 truncate font-mono text-xs text-muted @max-[84rem]/body:hidden"
        narrow="hidden"
        title={container.image}
      >
        {container.image}
      </Cell>
      <Cell>
        <PortList ports={container.ports} limit={2} />
      </Cell>
      <Cell align="end">
        {isRunning ? (
          <span className="inline-flex items-center gap-2 align-middle">
            <span className="@max-[58rem]/body:hidden">
              <Sparkline values={samples.map(({ cpuPercent }) => cpuPercent)} ceiling={5} width={48} />
            </span>
            <span className="text-right @min-[44rem]/body:min-w-11">
              {last ? formatPercent(last.cpuPercent) : <Unknown />}
            </span>
          </span>
        ) : (
          <Unknown />
        )}
      </Cell>
      <Cell align="end" className="@min-[44rem]/body:min-w-16">
        {isRunning && last ? <Bytes value={last.memoryBytes} /> : <Unknown />}
      </Cell>
      <Cell align="end" className="@max-[56rem]/body:hidden" narrow="hidden">
        <span
          className={
            container.restartCount === 0 ? 'text-faint' : container.restartCount > 2 ? 'text-bad' : ''
          }
        >
          {container.restartCount}
        </span>
      </Cell>
      <Cell narrow="end" align="end">
        <span className="inline-flex items-center align-middle">
          <MainAction container={container} isIcon />
          <span className="contents @max-[50rem]/body:hidden">
            <ContainerLinks container={container} isIcon />
          </span>
          <ContainerMenu container={container} />
        </span>
      </Cell>
    </Row>
  )
})

function Unknown() {
  return <span className="text-faint max-sm:hidden">–</span>
}
