'use client'

import { Plus } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { EmptyList } from '#components/live/empty-list'
import { useContainers, useNetworks } from '#components/live/hooks'
import { Button } from '#components/ui/button'
import { CommandLine } from '#components/ui/command-line'
import { EmptyState } from '#components/ui/empty-state'
import { PageBody, PageHeader } from '#components/ui/page-header'
import { FilterChips } from '#components/ui/filter-chips'
import { FilterBox, Toolbar } from '#components/ui/toolbar'
import { useListKeys } from '#components/ui/use-list-keys'
import { useListView } from '#components/ui/use-list-view'
import { command } from '#lib/docker/command'
import {
  type NetworkFilter,
  networkFilters,
  networkRows,
  networkRules,
  networkSorts,
} from '#lib/docker/networks/network-list'
import type { Network } from '#lib/docker/networks/network'
import { viewList } from '#lib/docker/resource-list'
import { CreateNetworkDialog } from './create-network-dialog.tsx'
import { NetworkTable } from './network-table.tsx'
import { RemoveNetworkDialog } from './remove-network-dialog.tsx'

const filterWords: Readonly<Record<NetworkFilter, string>> = {
  used: 'In use',
  unused: 'Unused',
  projects: 'Of projects',
  builtin: 'Built in',
}

/** Every network of the Engine. */
export function NetworksPage() {
  const networks = useNetworks()
  const containers = useContainers()
  const { view, change } = useListView(networkSorts, networkFilters)
  const [asked, setAsked] = useState<'create' | readonly Network[] | null>(null)
  const filterRef = useRef<HTMLInputElement>(null)
  const bodyRef = useRef<HTMLDivElement>(null)
  const rows = useMemo(() => networkRows(networks, containers), [networks, containers])
  const shown = useMemo(() => viewList(rows, view, networkRules), [rows, view])
  const cursor = useListKeys({ rowKeys: shown.map(({ network }) => network.id), filterRef, bodyRef })
  const unused = rows.filter(({ isUnused }) => isUnused).map(({ network }) => network)
  return (
    <>
      <PageHeader
        title="Networks"
        summary={shown.length === rows.length ? `${rows.length}` : `${shown.length} of ${rows.length}`}
        actions={
          <>
            {unused.length > 0 ? (
              <Button needs="operator" onClick={() => setAsked(unused)}>
                Remove {unused.length} unused…
              </Button>
            ) : null}
            <Button tone="primary" needs="engine" onClick={() => setAsked('create')}>
              <Plus aria-hidden className="size-3.5" />
              New network
            </Button>
          </>
        }
      />
      <Toolbar>
        <FilterBox
          inputRef={filterRef}
          value={view.query}
          onChange={(query) => change({ query })}
          label="Filter by name, driver, project, subnet"
        />
        <FilterChips
          filters={networkFilters}
          words={filterWords}
          items={rows}
          isIn={networkRules.isIn}
          chosen={view.filter}
          onChoose={(filter) => change({ filter })}
        />
      </Toolbar>
      <PageBody ref={bodyRef}>
        {rows.length === 0 ? (
          <EmptyList>
            <EmptyState title="No networks" commands={[command.networkCreate('shop_backend')]}>
              Compose makes those a project needs; by hand:
            </EmptyState>
          </EmptyList>
        ) : shown.length === 0 ? (
          <EmptyState
            title="No network matches"
            action={
              <Button onClick={() => change({ query: '', filter: null })}>Show all {rows.length}</Button>
            }
          >
            {view.filter === 'unused'
              ? 'Every network here has a container in it. Nothing to tidy up.'
              : 'Nothing fits this filter now.'}
          </EmptyState>
        ) : (
          <NetworkTable
            rows={shown}
            view={view}
            onView={change}
            cursor={cursor}
            onRemove={(network) => setAsked([network])}
          />
        )}
      </PageBody>
      <CommandLine command={command.networks()} />
      {asked === 'create' ? <CreateNetworkDialog onClose={() => setAsked(null)} /> : null}
      {asked !== null && asked !== 'create' ? (
        <RemoveNetworkDialog networks={asked} onClose={() => setAsked(null)} />
      ) : null}
    </>
  )
}
