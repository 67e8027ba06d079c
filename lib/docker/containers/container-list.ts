import type { Container } from './container.ts'
import { containerTone } from './container-words.ts'

export const containerGroups = [
  'attention',
  'running',
  'starting',
  'paused',
  'restarting',
  'stopped',
  'created',
] as const
export type ContainerGroup = (typeof containerGroups)[number]

export const containerSorts = [
  'name',
  'state',
  'project',
  'image',
  'cpu',
  'memory',
  'restarts',
  'created',
] as const
export type ContainerSort = (typeof containerSorts)[number]

/** How the list of containers is looked at; all of it lives in the URL. */
export interface ContainerView {
  query: string
  group: ContainerGroup | null
  sort: ContainerSort
  isDescending: boolean
}

/** Numbers that are not in the model: the last sample of each container on screen. */
export type Loads = ReadonlyMap<string, { cpuPercent: number; memoryBytes: number }>

/** The chips a container counts under. */
export function isInGroup(container: Container, group: ContainerGroup, nowMs: number): boolean {
  switch (group) {
    case 'attention':
      return containerTone(container, nowMs) === 'bad'
    case 'running':
      return container.state === 'running'
    case 'starting':
      return container.state === 'running' && container.health === 'starting'
    case 'paused':
      return container.state === 'paused'
    case 'restarting':
      return container.state === 'restarting'
    case 'stopped':
      return container.state === 'exited' || container.state === 'dead'
    case 'created':
      return container.state === 'created'
    default:
      return group satisfies never
  }
}

/** The filters of `docker ps` that show the same group; none where docker has no word for it. */
export function groupFilters(group: ContainerGroup | null): string[] {
  switch (group) {
    case null:
    case 'attention':
      return []
    case 'starting':
      return ['health=starting']
    case 'stopped':
      return ['status=exited', 'status=dead']
    default:
      return [`status=${group}`]
  }
}

/** Every word of the query must be somewhere in name, id, image, project, service, state or health. */
export function matchesQuery(container: Container, query: string): boolean {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return true
  const { name, id, image, compose, state, health, ports } = container
  const text = [
    name,
    image,
    compose?.project ?? '',
    compose?.service ?? '',
    state,
    health === 'none' ? '' : health,
    ...ports.map((port) => String(port.hostPort ?? port.containerPort)),
  ]
    .join('\n')
    .toLowerCase()
  return words.every((word) => text.includes(word) || id.startsWith(word))
}

/** The containers of a view, in its order; equal ones keep the order of their names. */
export function viewContainers(
  containers: readonly Container[],
  view: ContainerView,
  loads: Loads,
  nowMs: number,
): Container[] {
  const { group } = view
  const shown = containers.filter(
    (container) =>
      (group === null || isInGroup(container, group, nowMs)) && matchesQuery(container, view.query),
  )
  const sign = view.isDescending ? -1 : 1
  return shown.sort(
    (a, b) => sign * compareBy(view.sort, a, b, { loads, nowMs }) || compareNames(a.name, b.name),
  )
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
const compareNames = (a: string, b: string): number => collator.compare(a, b)
const toneOrder = { bad: 0, warn: 1, good: 2, idle: 3 } as const

function compareBy(
  sort: ContainerSort,
  a: Container,
  b: Container,
  { loads, nowMs }: { loads: Loads; nowMs: number },
): number {
  switch (sort) {
    case 'name':
      return compareNames(a.name, b.name)
    case 'state':
      return (
        toneOrder[containerTone(a, nowMs)] - toneOrder[containerTone(b, nowMs)] ||
        a.state.localeCompare(b.state)
      )
    case 'project':
      return compareNames(placeOf(a), placeOf(b))
    case 'image':
      return compareNames(a.image, b.image)
    case 'cpu':
      return (loads.get(a.id)?.cpuPercent ?? -1) - (loads.get(b.id)?.cpuPercent ?? -1)
    case 'memory':
      return (loads.get(a.id)?.memoryBytes ?? -1) - (loads.get(b.id)?.memoryBytes ?? -1)
    case 'restarts':
      return a.restartCount - b.restartCount
    case 'created':
      return a.createdAtMs - b.createdAtMs
    default:
      return sort satisfies never
  }
}

// Containers outside any project come last.
const placeOf = ({ compose }: Container): string =>
  compose === null ? '\uffff' : `${compose.project}\u0000${compose.service}\u0000${compose.number}`
