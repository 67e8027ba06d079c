import type { Container } from '../containers/container.ts'
import type { DiskUsage } from '../disk-usage.ts'
import type { Image } from './image.ts'
import { imageName, shortImageId, usersByImage } from './image-users.ts'
import type { ListRules } from '../resource-list.ts'

export const imageSorts = ['name', 'id', 'users', 'created', 'size', 'unique'] as const
export type ImageSort = (typeof imageSorts)[number]
export const imageFilters = ['used', 'unused', 'dangling'] as const
export type ImageFilter = (typeof imageFilters)[number]

/** An image with the containers made from it; `uniqueBytes` is null until it was measured. */
export interface ImageRow {
  image: Image
  users: readonly Container[]
  /** Bytes that no other image shares: what removing it alone would free. */
  uniqueBytes: number | null
}

export function imageRows(
  images: readonly Image[],
  containers: readonly Container[],
  usage: DiskUsage | null,
): ImageRow[] {
  const users = usersByImage(containers)
  const shared = new Map(
    usage?.images.map(({ id, sizeBytes, sharedBytes }) => [id, { sizeBytes, sharedBytes }]),
  )
  return images.map((image) => {
    const measured = shared.get(image.id)
    const uniqueBytes =
      measured?.sharedBytes === undefined || measured.sharedBytes === null
        ? null
        : measured.sizeBytes - measured.sharedBytes
    return { image, users: users.get(image.id) ?? [], uniqueBytes }
  })
}

export const imageRules: ListRules<ImageRow, ImageSort, ImageFilter> = {
  words: ({ image, users }) => [...image.tags, shortImageId(image.id), ...users.map(({ name }) => name)],
  isIn: ({ image, users }, filter) => {
    switch (filter) {
      case 'used':
        return users.length > 0
      case 'unused':
        return users.length === 0
      case 'dangling':
        return image.isDangling
      default:
        return filter satisfies never
    }
  },
  keyOf: ({ image, users, uniqueBytes }, sort) => {
    switch (sort) {
      case 'name':
        return `${image.isDangling ? '1' : '0'} ${imageName(image)}`
      case 'id':
        return image.id
      case 'users':
        return users.length
      case 'created':
        return image.createdAtMs
      case 'size':
        return image.sizeBytes
      case 'unique':
        return uniqueBytes
      default:
        return sort satisfies never
    }
  },
  nameOf: ({ image }) => imageName(image),
}
