'use client'

import { Download, Hammer } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useMemo, useRef, useState } from 'react'
import { useDiskUsage } from '#components/live/disk-usage'
import { EmptyList } from '#components/live/empty-list'
import { useContainers, useImages, useIsLoaded } from '#components/live/hooks'
import { Button } from '#components/ui/button'
import { CommandLine } from '#components/ui/command-line'
import { EmptyState } from '#components/ui/empty-state'
import { ErrorPanel } from '#components/ui/error-panel'
import { PageBody, PageHeader } from '#components/ui/page-header'
import { SkeletonRows } from '#components/ui/skeleton'
import { Toolbar } from '#components/ui/toolbar'
import { useListKeys } from '#components/ui/use-list-keys'
import { useListView } from '#components/ui/use-list-view'
import { command } from '#lib/docker/command'
import { imageFilters, imageRows, imageRules, imageSorts } from '#lib/docker/images/image-list'
import { viewList } from '#lib/docker/resource-list'
import { formatBytes } from '#lib/format/bytes'
import { ImageTable } from './image-table.tsx'
import { ChosenImages, ImageFilters } from './images-toolbar.tsx'
import { PullDialog } from './pull-dialog.tsx'
import { RemoveImagesDialog } from './remove-images-dialog.tsx'

// Comes when a folder is built.
const BuildDialog = dynamic(
  () => import('#components/builds/folder/build-dialog').then((module) => module.BuildDialog),
  { ssr: false },
)

/** Every image of the Engine. */
export function ImagesPage() {
  const images = useImages()
  const containers = useContainers()
  const isLoaded = useIsLoaded()
  const disk = useDiskUsage()
  const { view, change } = useListView(imageSorts, imageFilters)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [asked, setAsked] = useState<'pull' | 'build' | readonly string[] | null>(null)
  const filterRef = useRef<HTMLInputElement>(null)
  const bodyRef = useRef<HTMLDivElement>(null)
  const rows = useMemo(() => imageRows(images, containers, disk.usage), [images, containers, disk.usage])
  const shown = useMemo(() => viewList(rows, view, imageRules), [rows, view])
  const chosen = rows.filter(({ image }) => selected.has(image.id))
  const toggle = (id: string) => {
    const next = new Set(selected)
    if (!next.delete(id)) next.add(id)
    setSelected(next)
  }
  const clear = () => setSelected(new Set())
  const rowKeys = shown.map(({ image }) => image.id)
  const cursor = useListKeys({ rowKeys, filterRef, bodyRef, onToggle: toggle, onClear: clear })
  return (
    <>
      <PageHeader
        title="Images"
        summary={
          <>
            {shown.length === rows.length ? rows.length : `${shown.length} of ${rows.length}`}
            {disk.usage ? `, ${formatBytes(disk.usage.layersBytes)} on disk` : ''}
          </>
        }
        actions={
          <>
            <Button needs="whole" isPending={disk.isMeasuring} onClick={disk.measure}>
              {disk.usage ? 'Measure again' : 'Measure sizes'}
            </Button>
            <Button needs="admin" onClick={() => setAsked('build')}>
              <Hammer aria-hidden className="size-3.5" />
              Build…
            </Button>
            <Button tone="primary" needs="engine" onClick={() => setAsked('pull')}>
              <Download aria-hidden className="size-3.5" />
              Pull an image
            </Button>
          </>
        }
      />
      <Toolbar>
        {chosen.length > 0 ? (
          <ChosenImages
            count={chosen.length}
            onRemove={() => setAsked(chosen.map(({ image }) => image.id))}
            onClear={clear}
          />
        ) : (
          <ImageFilters rows={rows} view={view} onView={change} filterRef={filterRef} />
        )}
      </Toolbar>
      <PageBody ref={bodyRef}>
        {disk.error && !disk.isMeasuring ? <ErrorPanel error={disk.error} onRetry={disk.measure} /> : null}
        {!isLoaded ? (
          <SkeletonRows label="Asking the Engine" count={8} />
        ) : rows.length === 0 ? (
          <EmptyList>
            <EmptyState title="No images" commands={[command.pull('postgres:17')]}>
              Images come from a registry or from a build. To get one:
            </EmptyState>
          </EmptyList>
        ) : shown.length === 0 ? (
          <EmptyState
            title="No image matches"
            action={
              <Button onClick={() => change({ query: '', filter: null })}>Show all {rows.length}</Button>
            }
          >
            {view.filter === 'dangling' && view.query === ''
              ? 'Every image here has a name. Nothing to tidy up.'
              : 'Nothing fits this filter now.'}
          </EmptyState>
        ) : (
          <ImageTable
            rows={shown}
            view={view}
            onView={change}
            cursor={cursor}
            selected={selected}
            onToggle={toggle}
            onSelectAll={(isAll) => setSelected(new Set(isAll ? rowKeys : []))}
            onRemove={(id) => setAsked([id])}
          />
        )}
      </PageBody>
      <CommandLine command={command.images()} />
      {asked === 'pull' ? <PullDialog onClose={() => setAsked(null)} /> : null}
      {asked === 'build' ? <BuildDialog onClose={() => setAsked(null)} /> : null}
      {Array.isArray(asked) ? (
        <RemoveImagesDialog
          rows={rows.filter(({ image }) => asked.includes(image.id))}
          onClose={() => setAsked(null)}
          onRemoved={clear}
        />
      ) : null}
    </>
  )
}
