'use client'

import { Play } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { EmptyList } from '#components/live/empty-list'
import { useContainers, useTonesAtMs } from '#components/live/hooks'
import { CommandLine } from '#components/ui/command-line'
import { EmptyState } from '#components/ui/empty-state'
import { PageBody, PageHeader } from '#components/ui/page-header'
import { Chip, FilterBox, Toolbar } from '#components/ui/toolbar'
import { Button, LinkButton } from '#components/ui/button'
import { pages } from '#lib/api/paths'
import { command } from '#lib/docker/command'
import type { Container } from '#lib/docker/containers/container'
import {
  type ContainerGroup,
  groupFilters,
  containerGroups,
  isInGroup,
  type Loads,
  viewContainers,
} from '#lib/docker/containers/container-list'
import { BulkBar } from './bulk-bar.tsx'
import { ContainerTable } from './container-table.tsx'
import { useContainerView } from './use-container-view.tsx'

const groupWords: Readonly<Record<ContainerGroup, string>> = {
  attention: 'Needs you',
  running: 'Running',
  starting: 'Starting',
  paused: 'Paused',
  restarting: 'Restarting',
  stopped: 'Stopped',
  created: 'Created',
}

/** Every container of the Engine: filter, sort, select, act. */
export function ContainersPage() {
  const containers = useContainers()
  const nowMs = useTonesAtMs()
  const { view, change } = useContainerView()
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [loads, setLoads] = useState<Loads>(new Map())
  const filterRef = useRef<HTMLInputElement>(null)
  const bodyRef = useRef<HTMLDivElement>(null)
  // Sorting by load follows the samples; any other order has nothing to do with them.
  const sortLoads = view.sort === 'cpu' || view.sort === 'memory' ? loads : null
  const shown = useMemo(
    () => viewContainers(containers, view, sortLoads ?? new Map(), nowMs),
    [containers, view, sortLoads, nowMs],
  )
  const chosen = viewContainers(
    containers.filter(({ id }) => selected.has(id)),
    { ...view, query: '', group: null },
    sortLoads ?? new Map(),
    nowMs,
  )
  return (
    <>
      <PageHeader
        title="Containers"
        summary={countWords(containers.length, shown.length)}
        actions={
          <LinkButton href={pages.newContainer} tone="primary" needs="engine">
            <Play aria-hidden className="size-3.5" />
            Run a container
          </LinkButton>
        }
      />
      <Toolbar>
        {chosen.length > 0 ? (
          <BulkBar containers={chosen} onClear={() => setSelected(new Set())} />
        ) : (
          <>
            <FilterBox
              inputRef={filterRef}
              value={view.query}
              onChange={(query) => change({ query })}
              label="Filter by name, image, project, state"
            />
            <Chips
              containers={containers}
              nowMs={nowMs}
              group={view.group}
              onChange={(group) => change({ group })}
            />
          </>
        )}
      </Toolbar>
      <PageBody ref={bodyRef}>
        {containers.length === 0 ? (
          <EmptyList>
            <EmptyState
              title="No containers"
              commands={[['docker', 'run', '-d', '--name', 'web', '-p', '8080:80', 'nginx']]}
            >
              A container appears here the moment it is created. For example:
            </EmptyState>
          </EmptyList>
        ) : shown.length === 0 ? (
          <EmptyState
            title="No container matches"
            action={
              <Button onClick={() => change({ query: '', group: null })}>Show all {containers.length}</Button>
            }
          >
            Nothing has{' '}
            {view.query === '' ? 'this state' : `“${view.query}” in its name, image, project or state`} now.
          </EmptyState>
        ) : (
          <ContainerTable
            containers={shown}
            view={view}
            onView={change}
            selected={selected}
            onSelect={setSelected}
            onLoads={setLoads}
            scrollRef={bodyRef}
            filterRef={filterRef}
          />
        )}
      </PageBody>
      <CommandLine command={command.ps(groupFilters(view.group))} />
    </>
  )
}

const countWords = (total: number, shown: number): string =>
  shown === total ? `${total}` : `${shown} of ${total}`

function Chips({
  containers,
  nowMs,
  group,
  onChange,
}: {
  containers: readonly Container[]
  nowMs: number
  group: ContainerGroup | null
  onChange: (group: ContainerGroup | null) => void
}) {
  const counts = containerGroups.map((name) => ({
    name,
    count: containers.filter((container) => isInGroup(container, name, nowMs)).length,
  }))
  return (
    <div role="group" aria-label="Filter by state" className="flex flex-wrap gap-1.5">
      {counts
        .filter(({ name, count }) => count > 0 || name === group || name === 'running')
        .map(({ name, count }) => (
          <Chip
            key={name}
            isOn={name === group}
            count={count}
            onClick={() => onChange(name === group ? null : name)}
          >
            {groupWords[name]}
          </Chip>
        ))}
    </div>
  )
}
