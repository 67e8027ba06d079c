import { isAlive } from '../containers/container.ts'
import type { EngineSnapshot } from '../engine.ts'
import { imageName, usersByImage } from '../images/image-users.ts'
import { usersByVolume } from '../volumes/volume-users.ts'

/** In the order they go: what uses the others first. */
export const cleanupKinds = ['container', 'network', 'image', 'volume', 'build_cache'] as const
export type CleanupKind = (typeof cleanupKinds)[number]

/** One thing that nobody uses now. */
export interface CleanupItem {
  kind: CleanupKind
  /** Full id; a volume's name; `build_cache` for all of it. */
  id: string
  name: string
  /** Further names that go with it: an image's other tags. */
  otherNames: string[]
  /** What its removal frees at least; null when it cannot be known. */
  sizeBytes: number | null
  /** Compose project it belongs to, or null. */
  project: string | null
  createdAtMs: number | null
  /** `data`: what is in it exists nowhere else. `rebuild`: can be made or pulled again. `nothing`: holds nothing. */
  loses: 'data' | 'rebuild' | 'nothing'
  /** Nobody will miss it: chosen from the start. */
  isSafe: boolean
  reason: 'stopped' | 'never_started' | 'dangling' | 'unused' | 'anonymous' | 'not_in_use'
}

/** What only `GET /system/df` knows. */
export interface CleanupSizes {
  measuredAtMs: number
  /** Bytes written by a container, by its id. */
  containers: ReadonlyMap<string, number>
  /** Bytes of an image that no other image shares, by its id. */
  images: ReadonlyMap<string, number>
  volumes: ReadonlyMap<string, number>
  buildCache: { count: number; sizeBytes: number }
}

export interface CleanupPlan {
  measuredAtMs: number
  items: CleanupItem[]
}

/** Everything that could go, from the live model. Nothing that runs, that something else uses, or that is the Engine's own. */
export function planCleanup(model: EngineSnapshot, sizes: CleanupSizes): CleanupPlan {
  return {
    measuredAtMs: sizes.measuredAtMs,
    items: [
      ...stoppedContainers(model, sizes),
      ...unusedNetworks(model),
      ...unusedImages(model, sizes),
      ...unusedVolumes(model, sizes),
      ...buildCache(sizes),
    ],
  }
}

function stoppedContainers({ containers }: EngineSnapshot, sizes: CleanupSizes): CleanupItem[] {
  return containers
    .filter((container) => !isAlive(container))
    .map(({ id, name, compose, createdAtMs, startedAtMs }) => ({
      kind: 'container',
      id,
      name,
      otherNames: [],
      sizeBytes: sizes.containers.get(id) ?? null,
      project: compose?.project ?? null,
      createdAtMs,
      loses: 'data',
      isSafe: false,
      reason: startedAtMs === null ? 'never_started' : 'stopped',
    }))
}

function unusedNetworks({ networks, containers }: EngineSnapshot): CleanupItem[] {
  const used = new Set(
    containers.flatMap((container) => container.networks.flatMap((each) => [each.networkId, each.name])),
  )
  return networks
    .filter(
      ({ id, name, isBuiltIn, scope }) => !isBuiltIn && scope === 'local' && !used.has(id) && !used.has(name),
    )
    .map(({ id, name, compose, createdAtMs }) => ({
      kind: 'network',
      id,
      name,
      otherNames: [],
      sizeBytes: 0,
      project: compose?.project ?? null,
      createdAtMs,
      loses: 'nothing',
      isSafe: true,
      reason: 'unused',
    }))
}

function unusedImages({ images, containers }: EngineSnapshot, sizes: CleanupSizes): CleanupItem[] {
  const users = usersByImage(containers)
  return images
    .filter(({ id }) => !users.has(id))
    .map((image) => ({
      kind: 'image',
      id: image.id,
      name: imageName(image),
      otherNames: image.tags.slice(1),
      sizeBytes: sizes.images.get(image.id) ?? null,
      project: null,
      createdAtMs: image.createdAtMs,
      loses: 'rebuild',
      isSafe: image.isDangling,
      reason: image.isDangling ? 'dangling' : 'unused',
    }))
}

function unusedVolumes({ volumes, containers }: EngineSnapshot, sizes: CleanupSizes): CleanupItem[] {
  const users = usersByVolume(containers)
  return volumes
    .filter(({ name }) => !users.has(name))
    .map(({ name, compose, createdAtMs, isAnonymous }) => ({
      kind: 'volume',
      id: name,
      name,
      otherNames: [],
      sizeBytes: sizes.volumes.get(name) ?? null,
      project: compose?.project ?? null,
      createdAtMs,
      loses: 'data',
      isSafe: false,
      reason: isAnonymous ? 'anonymous' : 'unused',
    }))
}

function buildCache({ buildCache: { count, sizeBytes } }: CleanupSizes): CleanupItem[] {
  if (count === 0) return []
  return [
    {
      kind: 'build_cache',
      id: 'build_cache',
      name: `${count.toLocaleString('en')} cached build ${count === 1 ? 'step' : 'steps'}`,
      otherNames: [],
      sizeBytes,
      project: null,
      createdAtMs: null,
      loses: 'rebuild',
      isSafe: true,
      reason: 'not_in_use',
    },
  ]
}

/** Sum of what is known; what is not counts as nothing. */
export function freedBytes(items: readonly CleanupItem[]): number {
  return items.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0)
}

/** The docker commands that remove exactly these. */
export function cleanupCommands(items: readonly CleanupItem[]): string[][] {
  const of = (kind: CleanupKind): CleanupItem[] => items.filter((item) => item.kind === kind)
  const names = (kind: CleanupKind): string[] =>
    of(kind).flatMap(({ name, otherNames }) => [name, ...otherNames])
  return [
    ...(of('container').length > 0 ? [['docker', 'rm', ...names('container')]] : []),
    ...(of('network').length > 0 ? [['docker', 'network', 'rm', ...names('network')]] : []),
    ...(of('image').length > 0 ? [['docker', 'rmi', ...names('image')]] : []),
    ...(of('volume').length > 0 ? [['docker', 'volume', 'rm', ...names('volume')]] : []),
    ...(of('build_cache').length > 0 ? [['docker', 'builder', 'prune', '-a', '-f']] : []),
  ]
}
