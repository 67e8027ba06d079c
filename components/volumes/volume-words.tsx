import Link from 'next/link'
import { Badge } from '#components/ui/badge'
import { pages } from '#lib/api/paths'
import type { Volume } from '#lib/docker/volumes/volume'
import type { VolumeUser } from '#lib/docker/volumes/volume-users'

/** What to call a volume: an anonymous one by the first twelve of its digits. */
export function volumeTitle(volume: Pick<Volume, 'name' | 'isAnonymous'>): string {
  return volume.isAnonymous ? volume.name.slice(0, 12) : volume.name
}

export function VolumeBadges({ volume, isUnused }: { volume: Volume; isUnused: boolean }) {
  return (
    <>
      {volume.isAnonymous ? <Badge>no name</Badge> : null}
      {isUnused ? <Badge>unused</Badge> : null}
    </>
  )
}

/** The first users with where they mount it, and how many more there are. */
export function VolumeUsers({ users }: { users: readonly VolumeUser[] }) {
  const [first] = users
  if (!first) return <span className="text-faint">nobody</span>
  return (
    <span className="flex max-w-full min-w-0 items-baseline gap-1.5">
      <Link
        href={pages.container(first.container.id)}
        prefetch={false}
        title={first.container.name}
        className="truncate hover:underline"
      >
        {first.container.name}
      </Link>
      <span
        title={first.destination}
        className="truncate font-mono @min-[44rem]/body:max-w-3/5 @min-[44rem]/body:shrink-0 text-xs text-faint"
      >
        {first.destination}
      </span>
      {users.length > 1 ? <span className="shrink-0 text-faint">and {users.length - 1} more</span> : null}
    </span>
  )
}
