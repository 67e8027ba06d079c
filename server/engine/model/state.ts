import 'server-only'
import { isDeepStrictEqual } from 'node:util'
import type { Container } from '#lib/docker/containers/container'
import type { Changes, EnginePatch, EngineSnapshot, EngineStatus } from '#lib/docker/engine'
import type { Image } from '#lib/docker/images/image'
import type { Network } from '#lib/docker/networks/network'
import type { Volume } from '#lib/docker/volumes/volume'
import { processWide } from '#server/process-wide'

/** The lists of the model; volumes are keyed by name, the rest by id. */
export interface ModelItems {
  containers: Container
  networks: Network
  volumes: Volume
  images: Image
}
export type ModelList = keyof ModelItems
export const modelLists = ['containers', 'networks', 'volumes', 'images'] as const satisfies ModelList[]

/** What to change; an object equal to the one held is no change. */
export type ModelChange = { engine?: EngineStatus } & {
  [List in ModelList]?: { set?: ModelItems[List][]; remove?: string[] }
}

// Above this many objects in one waiting patch a viewer gets a fresh snapshot: what waits for a slow one stays bounded.
const maxPatchItems = 2_000

interface Watcher {
  /** Changes since the viewer's last message by list and key (null: removed), or `snapshot` when they grew too many. */
  pending: Pending | 'snapshot' | null
  wake: (() => void) | null
}
interface Pending {
  since: number
  engine: EngineStatus | null
  lists: { [List in ModelList]: Map<string, ModelItems[List] | null> }
  size: number
}

export class EngineModel {
  #version = 1
  #engine: EngineStatus = { state: 'connecting' }
  readonly #lists: { [List in ModelList]: Map<string, ModelItems[List]> } = {
    containers: new Map(),
    networks: new Map(),
    volumes: new Map(),
    images: new Map(),
  }
  readonly #watchers = new Set<Watcher>()
  #snapshot: EngineSnapshot | null = null

  get engine(): EngineStatus {
    return this.#engine
  }

  get watcherCount(): number {
    return this.#watchers.size
  }

  get<List extends ModelList>(list: List, key: string): ModelItems[List] | undefined {
    return this.#lists[list].get(key)
  }

  keys(list: ModelList): string[] {
    return [...this.#lists[list].keys()]
  }

  values<List extends ModelList>(list: List): ModelItems[List][] {
    return [...this.#lists[list].values()]
  }

  /** The whole model; the same object until the next change. */
  snapshot(): EngineSnapshot {
    this.#snapshot ??= {
      version: this.#version,
      engine: this.#engine,
      containers: this.values('containers'),
      networks: this.values('networks'),
      volumes: this.values('volumes'),
      images: this.values('images'),
    }
    return this.#snapshot
  }

  /** Applies a change and tells every watcher what really differs; a change of nothing leaves the version as it is. */
  apply(change: ModelChange): void {
    const { engine } = change
    const engineChanged = engine !== undefined && !isDeepStrictEqual(engine, this.#engine)
    const differences = {
      containers: this.#change('containers', change.containers),
      networks: this.#change('networks', change.networks),
      volumes: this.#change('volumes', change.volumes),
      images: this.#change('images', change.images),
    }
    if (!engineChanged && modelLists.every((list) => differences[list].size === 0)) return
    if (engineChanged) this.#engine = engine
    this.#version += 1
    this.#snapshot = null
    for (const watcher of this.#watchers) {
      this.#remember(watcher, engineChanged ? this.#engine : null, differences)
      watcher.wake?.()
    }
  }

  /** Replaces a whole list: what is not in `items` goes. */
  replacement<List extends ModelList>(
    list: List,
    items: ModelItems[List][],
  ): { set: ModelItems[List][]; remove: string[] } {
    const kept = new Set(items.map(keyOf))
    return { set: items, remove: this.keys(list).filter((key) => !kept.has(key)) }
  }

  /** First a snapshot, then patches, until `signal` aborts. A viewer that takes long gets its changes merged. */
  async *watch(options: { signal: AbortSignal }): AsyncGenerator<EngineSnapshot | EnginePatch> {
    const { signal } = options
    const watcher: Watcher = { pending: null, wake: null }
    const wake = (): void => watcher.wake?.()
    this.#watchers.add(watcher)
    signal.addEventListener('abort', wake)
    try {
      yield this.snapshot()
      while (!signal.aborted) {
        if (watcher.pending === null) await new Promise<void>((resolve) => (watcher.wake = resolve))
        else yield this.#take(watcher)
      }
    } finally {
      signal.removeEventListener('abort', wake)
      this.#watchers.delete(watcher)
    }
  }

  #change<List extends ModelList>(
    list: List,
    change: { set?: ModelItems[List][]; remove?: string[] } | undefined,
  ): Map<string, ModelItems[List] | null> {
    const held = this.#lists[list]
    const changed = new Map<string, ModelItems[List] | null>()
    for (const key of change?.remove ?? []) if (held.delete(key)) changed.set(key, null)
    for (const item of change?.set ?? []) {
      const key = keyOf(item)
      if (isDeepStrictEqual(held.get(key), item)) continue
      held.set(key, item)
      changed.set(key, item)
    }
    return changed
  }

  #remember(
    watcher: Watcher,
    engine: EngineStatus | null,
    differences: { [List in ModelList]: Map<string, ModelItems[List] | null> },
  ): void {
    if (watcher.pending === 'snapshot') return
    const pending = watcher.pending ?? emptyPending(this.#version - 1)
    watcher.pending = pending
    if (engine) pending.engine = engine
    pending.size =
      merge(pending.lists.containers, differences.containers) +
      merge(pending.lists.networks, differences.networks) +
      merge(pending.lists.volumes, differences.volumes) +
      merge(pending.lists.images, differences.images)
    if (pending.size > maxPatchItems) watcher.pending = 'snapshot'
  }

  #take(watcher: Watcher): EngineSnapshot | EnginePatch {
    const { pending } = watcher
    watcher.pending = null
    watcher.wake = null
    if (pending === 'snapshot' || pending === null) return this.snapshot()
    const { containers, networks, volumes, images } = pending.lists
    return {
      since: pending.since,
      version: this.#version,
      ...(pending.engine ? { engine: pending.engine } : {}),
      ...(containers.size ? { containers: toChanges(containers) } : {}),
      ...(networks.size ? { networks: toChanges(networks) } : {}),
      ...(volumes.size ? { volumes: toChanges(volumes) } : {}),
      ...(images.size ? { images: toChanges(images) } : {}),
    }
  }
}

function emptyPending(since: number): Pending {
  const lists = { containers: new Map(), networks: new Map(), volumes: new Map(), images: new Map() }
  return { since, engine: null, lists, size: 0 }
}

function keyOf(item: Container | Network | Volume | Image): string {
  return 'id' in item ? item.id : item.name
}

function merge<Item>(into: Map<string, Item | null>, from: Map<string, Item | null>): number {
  for (const [key, item] of from) into.set(key, item)
  return into.size
}

function toChanges<Item>(items: Map<string, Item | null>): Changes<Item> {
  const changes: Changes<Item> = { changed: [], removed: [] }
  for (const [key, item] of items) {
    if (item === null) changes.removed.push(key)
    else changes.changed.push(item)
  }
  return changes
}

/** The one model of this process. Reading through server/engine/model/live-model.ts keeps it current. */
export function engineModel(): EngineModel {
  return processWide('engine.model', () => new EngineModel())
}
