'use client'

import { Chip } from './toolbar.tsx'

export interface FilterChipsProps<Item, Filter extends string> {
  filters: readonly Filter[]
  words: Readonly<Record<Filter, string>>
  /** All of the list: each chip says how many of them it would show. */
  items: readonly Item[]
  isIn: (item: Item, filter: Filter) => boolean
  chosen: Filter | null
  onChoose: (filter: Filter | null) => void
}

/** The filters of a list as chips, one on at a time; pressing it again shows everything. */
export function FilterChips<Item, Filter extends string>(props: FilterChipsProps<Item, Filter>) {
  const { filters, words, items, isIn, chosen, onChoose } = props
  return (
    <div role="group" aria-label="Show only" className="flex flex-wrap gap-1.5">
      {filters.map((filter) => (
        <Chip
          key={filter}
          isOn={chosen === filter}
          count={items.filter((item) => isIn(item, filter)).length}
          onClick={() => onChoose(chosen === filter ? null : filter)}
        >
          {words[filter]}
        </Chip>
      ))}
    </div>
  )
}
