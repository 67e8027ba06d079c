import type { RefObject } from 'react'
import { Button } from '#components/ui/button'
import { FilterChips } from '#components/ui/filter-chips'
import { FilterBox } from '#components/ui/toolbar'
import {
  type ImageFilter,
  imageFilters,
  type ImageRow,
  imageRules,
  type ImageSort,
} from '#lib/docker/images/image-list'
import type { ListView } from '#lib/docker/resource-list'

type View = ListView<ImageSort, ImageFilter>

const filterWords: Readonly<Record<ImageFilter, string>> = {
  used: 'In use',
  unused: 'Unused',
  dangling: 'Dangling',
}

/** What can be done with the selected images. */
export function ChosenImages({
  count,
  onRemove,
  onClear,
}: {
  count: number
  onRemove: () => void
  onClear: () => void
}) {
  return (
    <div role="toolbar" aria-label="Selected images" className="flex min-h-7 flex-wrap items-center gap-2">
      <span className="mr-1 font-medium" aria-live="polite">
        {count} selected
      </span>
      <Button needs="engine" onClick={onRemove}>
        Remove…
      </Button>
      <Button tone="ghost" onClick={onClear}>
        Clear
      </Button>
    </div>
  )
}

/** Which images to show. */
export function ImageFilters({
  rows,
  view,
  onView,
  filterRef,
}: {
  rows: readonly ImageRow[]
  view: View
  onView: (change: Partial<View>) => void
  filterRef: RefObject<HTMLInputElement | null>
}) {
  return (
    <>
      <FilterBox
        inputRef={filterRef}
        value={view.query}
        onChange={(query) => onView({ query })}
        label="Filter by name, id, container"
      />
      <FilterChips
        filters={imageFilters}
        words={filterWords}
        items={rows}
        isIn={imageRules.isIn}
        chosen={view.filter}
        onChoose={(filter) => onView({ filter })}
      />
    </>
  )
}
