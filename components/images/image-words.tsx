import Link from 'next/link'
import { Badge } from '#components/ui/badge'
import { pages } from '#lib/api/paths'
import type { Container } from '#lib/docker/containers/container'
import type { Image } from '#lib/docker/images/image'
import { imageName, splitTag } from '#lib/docker/images/image-users'

export function ImageBadges({ image, isUnused }: { image: Image; isUnused: boolean }) {
  return <>{image.isDangling ? <Badge>dangling</Badge> : isUnused ? <Badge>unused</Badge> : null}</>
}

/** The first name of an image, the tag set back; its short id where it has none. */
export function ImageTitle({ image }: { image: Image }) {
  if (image.isDangling) return <span className="font-mono text-xs">{imageName(image)}</span>
  const { repository, tag } = splitTag(imageName(image))
  return (
    <>
      {repository}
      <span className="font-normal text-muted">:{tag}</span>
    </>
  )
}

/** The first container made from an image, and how many more there are. */
export function ImageUsers({ users }: { users: readonly Container[] }) {
  const [first] = users
  if (!first) return <span className="text-faint">nobody</span>
  return (
    <span className="inline-flex max-w-full min-w-0 gap-1.5">
      <Link href={pages.container(first.id)} prefetch={false} className="truncate hover:underline">
        {first.name}
      </Link>
      {users.length > 1 ? <span className="shrink-0 text-faint">and {users.length - 1} more</span> : null}
    </span>
  )
}
