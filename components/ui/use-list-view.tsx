'use client'

import { useSearchParams } from 'next/navigation'
import { useCallback, useMemo } from 'react'
import type { ListView } from '#lib/docker/resource-list'

/** How a list is looked at, kept in the URL: it can be shared, reloaded and gone back to. The first sort is the usual one. */
export function useListView<Sort extends string, Filter extends string>(
  sorts: readonly [Sort, ...Sort[]],
  filters: readonly Filter[],
): { view: ListView<Sort, Filter>; change: (part: Partial<ListView<Sort, Filter>>) => void } {
  const params = useSearchParams()
  const view = useMemo<ListView<Sort, Filter>>(
    () => ({
      query: params.get('q') ?? '',
      filter: filters.find((filter) => filter === params.get('show')) ?? null,
      sort: sorts.find((sort) => sort === params.get('sort')) ?? sorts[0],
      isDescending: params.get('order') === 'desc',
    }),
    [params, sorts, filters],
  )
  const change = useCallback(
    (part: Partial<ListView<Sort, Filter>>) => {
      const next = { ...view, ...part }
      const url = new URLSearchParams()
      if (next.query !== '') url.set('q', next.query)
      if (next.filter !== null) url.set('show', next.filter)
      if (next.sort !== sorts[0]) url.set('sort', next.sort)
      if (next.isDescending) url.set('order', 'desc')
      const query = url.toString()
      // Typing a filter is no step of the history.
      history.replaceState(null, '', query === '' ? location.pathname : `?${query}`)
    },
    [view, sorts],
  )
  return { view, change }
}
