'use client'

import { useRouter } from 'next/navigation'
import { useImages } from '#components/live/hooks'
import { Button } from '#components/ui/button'
import { Menu, MenuItem } from '#components/ui/menu'
import { pages } from '#lib/api/paths'
import type { Image } from '#lib/docker/images/image'
import { imageName, splitTag } from '#lib/docker/images/image-users'

const offeredCount = 15

/** Chooses the image to compare with: other tags of the same repository first. */
export function CompareMenu({ image }: { image: Image }) {
  const router = useRouter()
  const { repository } = splitTag(imageName(image))
  const isRelated = (other: Image): boolean =>
    other.tags.some((tag) => splitTag(tag).repository === repository)
  const others = useImages()
    .filter((other) => other.id !== image.id && other.tags.length > 0)
    .toSorted((a, b) => Number(isRelated(b)) - Number(isRelated(a)) || b.createdAtMs - a.createdAtMs)
    .slice(0, offeredCount)
  if (others.length === 0) return null
  return (
    <Menu label="Compare with another image" trigger={<Button>Compare with…</Button>}>
      {others.map((other) => (
        <MenuItem key={other.id} onSelect={() => router.push(pages.imageComparison(image.id, other.id))}>
          {imageName(other)}
        </MenuItem>
      ))}
    </Menu>
  )
}
