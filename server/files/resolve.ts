import 'server-only'
import { CodedError } from '#lib/api/errors'
import { tidyPath } from '#lib/files/inside-path'
import { isLinkMode, type PathStat, statPath } from './engine-archive.ts'
import type { Place } from './place.ts'

/** Where a path really is: no link in it any more. */
export interface RealPath {
  /** As people see it: from the root of the container or volume. */
  path: string
  stat: PathStat
}

/**
 * Follows the links of a path. In a container the Engine does it and never leaves the container; a volume's links must not lead out of the
 * volume into the helper that shows it: `conflict`. Throws `not_found`.
 */
export async function resolvePath(place: Place, wanted: string): Promise<RealPath> {
  const path = tidyPath(wanted)
  return place.root === '' ? follow(place, path) : followEach(place, path)
}

async function follow(place: Place, path: string): Promise<RealPath> {
  const stat = await statPath(place.containerId, enginePath(place, path))
  if (!isLinkMode(stat.mode) || stat.linkTarget === '') return { path, stat }
  const target = insidePath(place, stat.linkTarget)
  return { path: target, stat: await statPath(place.containerId, enginePath(place, target)) }
}

async function followEach(place: Place, path: string): Promise<RealPath> {
  let at = '/'
  let stat = await statPath(place.containerId, enginePath(place, at))
  for (const name of path.split('/').filter(Boolean)) {
    const next = await follow(place, at === '/' ? `/${name}` : `${at}/${name}`)
    at = next.path
    stat = next.stat
  }
  return { path: at, stat }
}

/** The path the Engine is asked for. */
export function enginePath(place: Place, path: string): string {
  return path === '/' ? place.root || '/' : `${place.root}${path}`
}

function insidePath(place: Place, target: string): string {
  if (place.root === '') return tidyPath(target)
  if (target === place.root) return '/'
  if (target.startsWith(`${place.root}/`)) return tidyPath(target.slice(place.root.length))
  throw new CodedError('conflict', `This link leads out of the volume, to ${target}.`, {
    hint: 'What it means depends on the container that mounts the volume: look at it there.',
  })
}
