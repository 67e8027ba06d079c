'use client'

import { Plus } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { useDiskUsage } from '#components/live/disk-usage'
import { EmptyList } from '#components/live/empty-list'
import { useContainers, useIsLoaded, useVolumes } from '#components/live/hooks'
import { Button } from '#components/ui/button'
import { CommandLine } from '#components/ui/command-line'
import { EmptyState } from '#components/ui/empty-state'
import { ErrorPanel } from '#components/ui/error-panel'
import { PageBody, PageHeader } from '#components/ui/page-header'
import { SkeletonRows } from '#components/ui/skeleton'
import { FilterChips } from '#components/ui/filter-chips'
import { FilterBox, Toolbar } from '#components/ui/toolbar'
import { useListKeys } from '#components/ui/use-list-keys'
import { useListView } from '#components/ui/use-list-view'
import { command } from '#lib/docker/command'
import { viewList } from '#lib/docker/resource-list'
import type { Volume } from '#lib/docker/volumes/volume'
import {
  type VolumeFilter,
  volumeFilters,
  volumeRows,
  volumeRules,
  volumeSorts,
} from '#lib/docker/volumes/volume-list'
import { CreateVolumeDialog } from './create-volume-dialog.tsx'
import { RemoveVolumeDialog } from './remove-volume-dialog.tsx'
import { VolumeTable } from './volume-table.tsx'

const filterWords: Readonly<Record<VolumeFilter, string>> = {
  used: 'In use',
  unused: 'Unused',
  anonymous: 'Without a name',
}

/** Every volume of the Engine. */
export function VolumesPage() {
  const volumes = useVolumes()
  const containers = useContainers()
  const isLoaded = useIsLoaded()
  const disk = useDiskUsage()
  const { view, change } = useListView(volumeSorts, volumeFilters)
  const [asked, setAsked] = useState<'create' | Volume | null>(null)
  const filterRef = useRef<HTMLInputElement>(null)
  const bodyRef = useRef<HTMLDivElement>(null)
  const rows = useMemo(() => volumeRows(volumes, containers, disk.usage), [volumes, containers, disk.usage])
  const shown = useMemo(() => viewList(rows, view, volumeRules), [rows, view])
  const cursor = useListKeys({ rowKeys: shown.map(({ volume }) => volume.name), filterRef, bodyRef })
  return (
    <>
      <PageHeader
        title="Volumes"
        summary={shown.length === rows.length ? `${rows.length}` : `${shown.length} of ${rows.length}`}
        actions={
          <>
            <Button needs="whole" isPending={disk.isMeasuring} onClick={disk.measure}>
              {disk.usage ? 'Measure again' : 'Measure sizes'}
            </Button>
            <Button tone="primary" needs="engine" onClick={() => setAsked('create')}>
              <Plus aria-hidden className="size-3.5" />
              New volume
            </Button>
          </>
        }
      />
      <Toolbar>
        <FilterBox
          inputRef={filterRef}
          value={view.query}
          onChange={(query) => change({ query })}
          label="Filter by name, project, container, path"
        />
        <FilterChips
          filters={volumeFilters}
          words={filterWords}
          items={rows}
          isIn={volumeRules.isIn}
          chosen={view.filter}
          onChoose={(filter) => change({ filter })}
        />
      </Toolbar>
      <PageBody ref={bodyRef}>
        {disk.error && !disk.isMeasuring ? <ErrorPanel error={disk.error} onRetry={disk.measure} /> : null}
        {!isLoaded ? (
          <SkeletonRows label="Asking the Engine" count={8} />
        ) : rows.length === 0 ? (
          <EmptyList>
            <EmptyState title="No volumes" commands={[command.volumeCreate('shop_data')]}>
              A volume keeps data when its container is removed. Compose makes those a file declares; by hand:
            </EmptyState>
          </EmptyList>
        ) : shown.length === 0 ? (
          <EmptyState
            title="No volume matches"
            action={
              <Button onClick={() => change({ query: '', filter: null })}>Show all {rows.length}</Button>
            }
          >
            {view.filter === 'unused' && view.query === ''
              ? 'Every volume here is mounted by a container.'
              : 'Nothing fits this filter now.'}
          </EmptyState>
        ) : (
          <VolumeTable
            rows={shown}
            view={view}
            onView={change}
            cursor={cursor}
            isMeasured={disk.usage !== null}
            onRemove={setAsked}
          />
        )}
      </PageBody>
      <CommandLine command={command.volumes()} />
      {asked === 'create' ? <CreateVolumeDialog onClose={() => setAsked(null)} /> : null}
      {asked !== null && asked !== 'create' ? (
        <RemoveVolumeDialog volume={asked} onClose={() => setAsked(null)} />
      ) : null}
    </>
  )
}
