import { type Container, isAlive } from '../containers/container.ts'
import type { Volume } from './volume.ts'

/** A container that mounts a volume, and where. */
export interface VolumeUser {
  container: Container
  destination: string
  isReadOnly: boolean
  isRunning: boolean
}

/** Who mounts a volume, running first, then by name. */
export function volumeUsers(volumeName: string, containers: readonly Container[]): VolumeUser[] {
  return (usersByVolume(containers).get(volumeName) ?? []).toSorted(
    (a, b) =>
      Number(b.isRunning) - Number(a.isRunning) || a.container.name.localeCompare(b.container.name, 'en'),
  )
}

/** All users of all volumes in one pass, for a list. */
export function usersByVolume(containers: readonly Container[]): ReadonlyMap<string, VolumeUser[]> {
  const users = new Map<string, VolumeUser[]>()
  for (const container of containers)
    for (const mount of container.mounts) {
      if (mount.type !== 'volume' || !mount.name) continue
      const user = {
        container,
        destination: mount.destination,
        isReadOnly: mount.isReadOnly,
        isRunning: isAlive(container),
      }
      const known = users.get(mount.name)
      if (known) known.push(user)
      else users.set(mount.name, [user])
    }
  return users
}

/** What `docker compose down`, with and without `-v`, does to this volume, in words. */
export function downEffect(volume: Volume, users: readonly VolumeUser[]): { down: string; downV: string } {
  if (volume.compose)
    return {
      down: 'Kept, with everything in it. The next up mounts it again.',
      downV: 'Removed for good, with everything in it.',
    }
  const project = users.find(({ container }) => container.compose)?.container.compose?.project
  if (volume.isAnonymous && project)
    return {
      down: 'Kept on disk, but nothing finds it again: the next up makes a new empty one.',
      downV: 'Removed for good, with everything in it.',
    }
  if (project)
    return {
      down: `Kept: ${project} uses it, but Compose did not make it.`,
      downV: `Kept: -v removes only volumes that the file of ${project} declares and Compose made.`,
    }
  return {
    down: 'Not touched: no project uses it.',
    downV: 'Not touched: no project uses it.',
  }
}
