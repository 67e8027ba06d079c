'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect } from 'react'
import { useStats } from '#components/live/hooks'
import { CheckBox } from '#components/ui/checkbox'
import { HeadCell, Table, TableBody, TableHead } from '#components/ui/table'
import type { Container } from '#lib/docker/containers/container'
import type { ContainerSort, ContainerView, Loads } from '#lib/docker/containers/container-list'
import type { StatsSample } from '#lib/docker/containers/stats'
import { ContainerRow } from './container-row.tsx'
import { useRowKeys } from './use-row-keys.tsx'

const rowHeight = 36

export interface ContainerTableProps {
  containers: readonly Container[]
  view: ContainerView
  onView: (change: Partial<ContainerView>) => void
  selected: ReadonlySet<string>
  onSelect: (selected: ReadonlySet<string>) => void
  /** The newest samples of the rows on screen, for sorting by them. */
  onLoads: (loads: Loads) => void
  scrollRef: RefObject<HTMLDivElement | null>
  filterRef: RefObject<HTMLInputElement | null>
}

/** The rows on screen, and room for the rest: a thousand containers cost no more than forty. */
export function ContainerTable(props: ContainerTableProps) {
  const { containers, view, onView, selected, onSelect, onLoads, scrollRef } = props
  const virtual = useVirtualizer({
    count: containers.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => containers[index]?.id ?? index,
    overscan: 8,
    initialRect: { width: 1280, height: 800 },
  })
  const items = virtual.getVirtualItems()
  const rows = items.flatMap(({ index }) => containers[index] ?? [])
  const isByLoad = view.sort === 'cpu' || view.sort === 'memory'
  const watched = (isByLoad ? containers : rows)
    .filter(({ state }) => state === 'running')
    .map(({ id }) => id)
  const stats = useStats(watched.slice(0, 200))
  useEffect(() => {
    if (isByLoad) onLoads(lastOf(stats))
  }, [isByLoad, stats, onLoads])
  const toggle = (id: string) => {
    const next = new Set(selected)
    if (!next.delete(id)) next.add(id)
    onSelect(next)
  }
  const cursor = useRowKeys({
    containers,
    filterRef: props.filterRef,
    scrollRef,
    onToggle: toggle,
    onClear: () => onSelect(new Set()),
    onScrollTo: (index) => virtual.scrollToIndex(index, { align: 'auto' }),
  })
  const before = items[0]?.start ?? 0
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)
  const isAll = containers.length > 0 && containers.every(({ id }) => selected.has(id))
  return (
    <Table label="Containers">
      <TableHead>
        <HeadCell className="w-7">
          <CheckBox
            aria-label="Select all shown"
            isChecked={isAll}
            isMixed={!isAll && selected.size > 0}
            onChange={(isChecked) =>
              onSelect(isChecked ? new Set(containers.map(({ id }) => id)) : new Set())
            }
          />
        </HeadCell>
        <SortHead name="name" view={view} onView={onView}>
          Name
        </SortHead>
        <SortHead name="state" view={view} onView={onView}>
          State
        </SortHead>
        <SortHead name="project" view={view} onView={onView} className="@max-[76rem]/body:hidden">
          Project
        </SortHead>
        <SortHead name="image" view={view} onView={onView} className="@max-[84rem]/body:hidden">
          Image
        </SortHead>
        <HeadCell>Ports</HeadCell>
        <SortHead name="cpu" view={view} onView={onView} align="end">
          CPU
        </SortHead>
        <SortHead name="memory" view={view} onView={onView} align="end">
          Memory
        </SortHead>
        <SortHead
          name="restarts"
          view={view}
          onView={onView}
          align="end"
          className="@max-[56rem]/body:hidden"
        >
          Restarts
        </SortHead>
        <HeadCell>
          <span className="sr-only">Actions</span>
        </HeadCell>
      </TableHead>
      <TableBody>
        <Spacer height={before} />
        {rows.map((container, position) => (
          <ContainerRow
            key={container.id}
            container={container}
            index={items[position]?.index ?? position}
            samples={stats.get(container.id) ?? none}
            isSelected={selected.has(container.id)}
            isCursor={cursor === container.id}
            onToggle={toggle}
            onMount={virtual.measureElement}
          />
        ))}
        <Spacer height={after} />
      </TableBody>
    </Table>
  )
}

const none: readonly never[] = []

function lastOf(stats: ReadonlyMap<string, readonly StatsSample[]>): Loads {
  const loads = new Map<string, StatsSample>()
  for (const [id, samples] of stats) {
    const last = samples.at(-1)
    if (last) loads.set(id, last)
  }
  return loads
}

function Spacer({ height }: { height: number }) {
  if (height <= 0) return null
  return <tr aria-hidden data-spacer style={{ height }} />
}

interface SortHeadProps {
  name: ContainerSort
  view: ContainerView
  onView: (change: Partial<ContainerView>) => void
  align?: 'start' | 'end'
  className?: string
  children: string
}

/** Sorts by its column; a second press turns the order round. Loads and restarts begin with the most. */
function SortHead({ name, view, onView, children, ...rest }: SortHeadProps) {
  const isMine = view.sort === name
  const beginsDescending = name === 'cpu' || name === 'memory' || name === 'restarts'
  return (
    <HeadCell
      {...rest}
      sort={{
        direction: isMine ? (view.isDescending ? 'descending' : 'ascending') : null,
        onSort: () => onView({ sort: name, isDescending: isMine ? !view.isDescending : beginsDescending }),
      }}
    >
      {children}
    </HeadCell>
  )
}
