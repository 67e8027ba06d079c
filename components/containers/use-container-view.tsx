'use client'

import { useUrlState } from '#components/ui/use-url-state'
import { containerGroups, containerSorts, type ContainerView } from '#lib/docker/containers/container-list'

/** How the list of containers is looked at, kept in the URL. */
export function useContainerView(): {
  view: ContainerView
  change: (change: Partial<ContainerView>) => void
} {
  return useUrlState(read, write)
}

function read(params: URLSearchParams): ContainerView {
  return {
    query: params.get('q') ?? '',
    group: containerGroups.find((group) => group === params.get('state')) ?? null,
    sort: containerSorts.find((sort) => sort === params.get('sort')) ?? 'name',
    isDescending: params.get('order') === 'desc',
  }
}

function write(view: ContainerView): URLSearchParams {
  const params = new URLSearchParams()
  if (view.query !== '') params.set('q', view.query)
  if (view.group !== null) params.set('state', view.group)
  if (view.sort !== 'name') params.set('sort', view.sort)
  if (view.isDescending) params.set('order', 'desc')
  return params
}
