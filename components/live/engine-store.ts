import type { Changes, EnginePatch, EngineSnapshot } from '#lib/docker/engine'
import { isRetrying, provenMs } from '#lib/docker/containers/container-words'
import { type Project, projectsOf } from '#lib/docker/projects/project'

export const emptySnapshot: EngineSnapshot = {
  version: 0,
  engine: { state: 'connecting' },
  containers: [],
  networks: [],
  volumes: [],
  images: [],
}

/** The live model as this tab knows it. Unchanged objects keep their identity, so only what changed renders again. */
export class EngineStore {
  #snapshot: EngineSnapshot
  #isLoaded: boolean
  #projects: Project[] | null = null
  #tellAtMs = Date.now()
  #proven: ReturnType<typeof setTimeout> | undefined
  readonly #listeners = new Set<() => void>()
  readonly #changeListeners = new Set<(containerIds: string[]) => void>()

  constructor(initial: EngineSnapshot | null) {
    this.#snapshot = initial ?? emptySnapshot
    this.#isLoaded = initial !== null
  }

  readonly snapshot = (): EngineSnapshot => this.#snapshot

  /** False until the first snapshot: show skeletons, not "there is nothing". */
  readonly isLoaded = (): boolean => this.#isLoaded

  readonly projects = (): Project[] => {
    this.#projects ??= projectsOf(this.#snapshot, this.#tellAtMs)
    return this.#projects
  }

  /** When the model last changed, or a try of a container turned out to last: the time that its tones are of. */
  readonly tonesAtMs = (): number => this.#tellAtMs

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Tells which containers changed or went, for what was read about them on demand. */
  readonly watchChanges = (listener: (containerIds: string[]) => void): (() => void) => {
    this.#changeListeners.add(listener)
    return () => this.#changeListeners.delete(listener)
  }

  /** Applies a message of topic `state`; false when a patch does not fit and a snapshot must be asked for. */
  apply(message: EngineSnapshot | EnginePatch): boolean {
    const before = this.#snapshot
    if (!('since' in message)) this.#snapshot = keepSame(before, message)
    else if (message.since !== before.version) return message.version <= before.version
    else this.#snapshot = applyPatch(before, message)
    this.#isLoaded = true
    this.#tell()
    this.#tellChanges(before, message)
    return true
  }

  #tell(): void {
    this.#projects = null
    this.#tellAtMs = Date.now()
    for (const listener of this.#listeners) listener()
    this.#waitForProof()
  }

  /** Nothing is heard of a try that lasts: the projects are looked at again when the next one has. */
  #waitForProof(): void {
    const startsMs = this.#snapshot.containers.flatMap((container) =>
      isRetrying(container, this.#tellAtMs) ? (container.startedAtMs ?? []) : [],
    )
    clearTimeout(this.#proven)
    if (startsMs.length === 0) return
    this.#proven = setTimeout(() => this.#tell(), Math.min(...startsMs) + provenMs - this.#tellAtMs)
  }

  #tellChanges(before: EngineSnapshot, message: EngineSnapshot | EnginePatch): void {
    if (this.#changeListeners.size === 0) return
    const ids =
      'since' in message
        ? [...(message.containers?.changed.map(({ id }) => id) ?? []), ...(message.containers?.removed ?? [])]
        : before.containers.map(({ id }) => id)
    if (ids.length > 0) for (const listener of this.#changeListeners) listener(ids)
  }
}

function applyPatch(before: EngineSnapshot, patch: EnginePatch): EngineSnapshot {
  return {
    version: patch.version,
    engine: patch.engine ?? before.engine,
    containers: change(before.containers, patch.containers, (item) => item.id),
    networks: change(before.networks, patch.networks, (item) => item.id),
    volumes: change(before.volumes, patch.volumes, (item) => item.name),
    images: change(before.images, patch.images, (item) => item.id),
  }
}

function change<Item>(
  items: Item[],
  changes: Changes<Item> | undefined,
  keyOf: (item: Item) => string,
): Item[] {
  if (!changes) return items
  const changed = new Map(changes.changed.map((item) => [keyOf(item), item]))
  const removed = new Set(changes.removed)
  const result: Item[] = []
  for (const item of items) {
    const key = keyOf(item)
    const next = changed.get(key)
    changed.delete(key)
    if (next !== undefined) result.push(next)
    else if (!removed.has(key)) result.push(item)
  }
  return [...result, ...changed.values()]
}

/** A whole snapshot after a reconnect: objects that say the same keep their identity. */
function keepSame(before: EngineSnapshot, next: EngineSnapshot): EngineSnapshot {
  return {
    ...next,
    containers: keepItems(before.containers, next.containers, (item) => item.id),
    networks: keepItems(before.networks, next.networks, (item) => item.id),
    volumes: keepItems(before.volumes, next.volumes, (item) => item.name),
    images: keepItems(before.images, next.images, (item) => item.id),
  }
}

function keepItems<Item>(before: Item[], next: Item[], keyOf: (item: Item) => string): Item[] {
  const old = new Map(before.map((item) => [keyOf(item), item]))
  const kept = next.map((item) => {
    const same = old.get(keyOf(item))
    return same !== undefined && JSON.stringify(same) === JSON.stringify(item) ? same : item
  })
  return kept.length === before.length && kept.every((item, index) => item === before[index]) ? before : kept
}
