import type { ContainerMount } from '#lib/docker/containers/container'

/** Why a path of the host cannot be used as it is inside a container with these mounts; null when it can. */
export function pathProblem(
  path: string,
  mounts: readonly Pick<ContainerMount, 'type' | 'source' | 'destination'>[],
): 'not mounted' | 'mounted elsewhere' | null {
  const around = mounts
    .filter(({ destination }) => isInside(path, destination))
    .sort((a, b) => b.destination.length - a.destination.length)[0]
  if (!around || around.type !== 'bind') return 'not mounted'
  return around.source.replace(/\/$/, '') === around.destination.replace(/\/$/, '')
    ? null
    : 'mounted elsewhere'
}

function isInside(path: string, folder: string): boolean {
  const base = folder.replace(/\/$/, '')
  return path === base || path.startsWith(`${base}/`)
}
