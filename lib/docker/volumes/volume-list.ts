import type { Container } from '../containers/container.ts'
import type { DiskUsage } from '../disk-usage.ts'
import type { ListRules } from '../resource-list.ts'
import type { Volume } from './volume.ts'
import { usersByVolume, type VolumeUser } from './volume-users.ts'

export const volumeSorts = ['name', 'project', 'users', 'driver', 'created', 'size'] as const
export type VolumeSort = (typeof volumeSorts)[number]
export const volumeFilters = ['used', 'unused', 'anonymous'] as const
export type VolumeFilter = (typeof volumeFilters)[number]

/** A volume with who mounts it; `sizeBytes` is null until it was measured (or when its driver cannot tell). */
export interface VolumeRow {
  volume: Volume
  users: readonly VolumeUser[]
  sizeBytes: number | null
}

export function volumeRows(
  volumes: readonly Volume[],
  containers: readonly Container[],
  usage: DiskUsage | null,
): VolumeRow[] {
  const users = usersByVolume(containers)
  const sizes = new Map(usage?.volumes.map(({ name, sizeBytes }) => [name, sizeBytes]))
  return volumes.map((volume) => ({
    volume,
    users: users.get(volume.name) ?? [],
    sizeBytes: sizes.get(volume.name) ?? null,
  }))
}

export const volumeRules: ListRules<VolumeRow, VolumeSort, VolumeFilter> = {
  words: ({ volume, users }) => [
    volume.name,
    volume.driver,
    volume.compose?.project ?? '',
    ...users.flatMap(({ container, destination }) => [container.name, destination]),
  ],
  isIn: ({ volume, users }, filter) => {
    switch (filter) {
      case 'used':
        return users.length > 0
      case 'unused':
        return users.length === 0
      case 'anonymous':
        return volume.isAnonymous
      default:
        return filter satisfies never
    }
  },
  keyOf: ({ volume, users, sizeBytes }, sort) => {
    switch (sort) {
      // Names of 64 hex digits say nothing: they come after those that people gave.
      case 'name':
        return `${volume.isAnonymous ? '1' : '0'} ${volume.name}`
      case 'project':
        return volume.compose?.project ?? null
      case 'users':
        return users.length
      case 'driver':
        return volume.driver
      case 'created':
        return volume.createdAtMs
      case 'size':
        return sizeBytes
      default:
        return sort satisfies never
    }
  },
  nameOf: ({ volume }) => volume.name,
}
