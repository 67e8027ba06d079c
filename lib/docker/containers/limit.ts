import type { Changes, EnginePatch, EngineSnapshot } from '../engine.ts'

type Lists = Pick<EngineSnapshot, 'containers' | 'networks' | 'volumes' | 'images'>

/** The part of the model that belongs to these projects: their containers, networks and volumes by Compose's labels, and the images those containers run. */
export function limitToProjects<Model extends Lists>(model: Model, projects: readonly string[]): Model {
  const allowed = new Set(projects)
  const isIn = ({ compose }: { compose: { project: string } | null }): boolean =>
    compose !== null && allowed.has(compose.project)
  const containers = model.containers.filter(isIn)
  const imageIds = new Set(containers.map(({ imageId }) => imageId))
  return {
    ...model,
    containers,
    networks: model.networks.filter(isIn),
    volumes: model.volumes.filter(isIn),
    images: model.images.filter(({ id }) => imageIds.has(id)),
  }
}

/** What became of one limited model until the next, for somebody who has the first; null when nothing they may see changed. Objects are told by identity. */
export function differences(before: EngineSnapshot, after: EngineSnapshot): EnginePatch | null {
  const containers = changesOf(before.containers, after.containers, ({ id }) => id)
  const networks = changesOf(before.networks, after.networks, ({ id }) => id)
  const volumes = changesOf(before.volumes, after.volumes, ({ name }) => name)
  const images = changesOf(before.images, after.images, ({ id }) => id)
  const hasNews = before.engine !== after.engine || containers || networks || volumes || images
  if (!hasNews) return null
  return {
    since: before.version,
    version: after.version,
    ...(before.engine === after.engine ? {} : { engine: after.engine }),
    ...(containers ? { containers } : {}),
    ...(networks ? { networks } : {}),
    ...(volumes ? { volumes } : {}),
    ...(images ? { images } : {}),
  }
}

function changesOf<Item>(
  before: readonly Item[],
  after: readonly Item[],
  keyOf: (item: Item) => string,
): Changes<Item> | null {
  const had = new Map(before.map((item) => [keyOf(item), item]))
  const changed = after.filter((item) => had.get(keyOf(item)) !== item)
  for (const item of after) had.delete(keyOf(item))
  return changed.length === 0 && had.size === 0 ? null : { changed, removed: [...had.keys()] }
}
