'use client'

import { useCallback } from 'react'
import type { ListView } from '#lib/docker/resource-list'
import { useUrlState } from './use-url-state.tsx'

/** How a list is looked at, kept in the URL. The first sort is the usual one; `sorts` and `filters` must keep their identity. */
export function useListView<Sort extends string, Filter extends string>(
  sorts: readonly [Sort, ...Sort[]],
  filters: readonly Filter[],
): { view: ListView<Sort, Filter>; change: (part: Partial<ListView<Sort, Filter>>) => void } {
  const read = useCallback(
    (params: URLSearchParams): ListView<Sort, Filter> => ({
      query: params.get('q') ?? '',
      filter: filters.find((filter) => filter === params.get('show')) ?? null,
      sort: sorts.find((sort) => sort === params.get('sort')) ?? sorts[0],
      isDescending: params.get('order') === 'desc',
    }),
    [sorts, filters],
  )
  const write = useCallback(
    (view: ListView<Sort, Filter>): URLSearchParams => {
      const params = new URLSearchParams()
      if (view.query !== '') params.set('q', view.query)
      if (view.filter !== null) params.set('show', view.filter)
      if (view.sort !== sorts[0]) params.set('sort', view.sort)
      if (view.isDescending) params.set('order', 'desc')
      return params
    },
    [sorts],
  )
  return useUrlState(read, write)
}
