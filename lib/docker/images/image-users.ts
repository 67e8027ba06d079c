import { type Container, isAlive } from '../containers/container.ts'
import type { Image } from './image.ts'

/** Containers by the id of the image they were made from, in one pass. */
export function usersByImage(containers: readonly Container[]): ReadonlyMap<string, Container[]> {
  const users = new Map<string, Container[]>()
  for (const container of containers) {
    const known = users.get(container.imageId)
    if (known) known.push(container)
    else users.set(container.imageId, [container])
  }
  return users
}

/** `sha256:` and all but twelve digits cut away, as `docker images` prints ids. */
export function shortImageId(id: string): string {
  return id.replace(/^sha256:/, '').slice(0, 12)
}

/** What to call an image on screen and in a command: its first tag, or its short id. */
export function imageName(image: Pick<Image, 'id' | 'tags'>): string {
  return image.tags[0] ?? shortImageId(image.id)
}

/** The repository and the tag of a `repository:tag` of the Engine. */
export function splitTag(reference: string): { repository: string; tag: string } {
  const colon = reference.indexOf(':', reference.lastIndexOf('/') + 1)
  return colon < 0
    ? { repository: reference, tag: '' }
    : { repository: reference.slice(0, colon), tag: reference.slice(colon + 1) }
}

/** Whether an image can go, and what it takes. `force` removes it although stopped containers or several tags hold it. */
export type Removal =
  | { kind: 'free' }
  | { kind: 'needs_force'; reason: 'stopped_containers' | 'several_tags'; holders: string[] }
  | { kind: 'blocked'; holders: string[] }

/** What the Engine will say to `docker rmi <id>`, told beforehand from the live model. */
export function removalOf(image: Pick<Image, 'tags'>, users: readonly Container[]): Removal {
  const running = users.filter(isAlive)
  if (running.length > 0) return { kind: 'blocked', holders: running.map(({ name }) => name) }
  if (users.length > 0)
    return { kind: 'needs_force', reason: 'stopped_containers', holders: users.map(({ name }) => name) }
  if (new Set(image.tags.map((tag) => splitTag(tag).repository)).size > 1)
    return { kind: 'needs_force', reason: 'several_tags', holders: [...image.tags] }
  return { kind: 'free' }
}
