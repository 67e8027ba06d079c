'use client'

import { useSearchParams } from 'next/navigation'
import { useCallback, useMemo } from 'react'
import { containerGroups, containerSorts, type ContainerView } from '#lib/docker/container-list'

/** How the list is looked at, kept in the URL: it can be shared, reloaded and gone back to. */
export function useContainerView(): {
  view: ContainerView
  change: (change: Partial<ContainerView>) => void
} {
  const params = useSearchParams()
  const view = useMemo<ContainerView>(
    () => ({
      query: params.get('q') ?? '',
      group: containerGroups.find((group) => group === params.get('state')) ?? null,
      sort: containerSorts.find((sort) => sort === params.get('sort')) ?? 'name',
      isDescending: params.get('order') === 'desc',
    }),
    [params],
  )
  const change = useCallback(
    (part: Partial<ContainerView>) => {
      const next = { ...view, ...part }
      const url = new URLSearchParams()
      if (next.query !== '') url.set('q', next.query)
      if (next.group !== null) url.set('state', next.group)
      if (next.sort !== 'name') url.set('sort', next.sort)
      if (next.isDescending) url.set('order', 'desc')
      const query = url.toString()
      // Typing a filter is no step of the history.
      history.replaceState(null, '', query === '' ? location.pathname : `?${query}`)
    },
    [view],
  )
  return { view, change }
}
