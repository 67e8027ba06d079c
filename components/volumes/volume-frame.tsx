'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { VolumeTransfer } from '#components/files/transfer/volume-transfer'
import { useContainers, useIsLoaded, useVolumes } from '#components/live/hooks'
import { Button } from '#components/ui/button'
import { PageHeader } from '#components/ui/page-header'
import { ResourceGone } from '#components/ui/resource-gone'
import { TabsNav } from '#components/ui/tabs-nav'
import { pages } from '#lib/api/paths'
import type { Volume } from '#lib/docker/volumes/volume'
import { volumeUsers } from '#lib/docker/volumes/volume-users'
import { RemoveVolumeDialog } from './remove-volume-dialog.tsx'
import { VolumeBadges, volumeTitle } from './volume-words.tsx'

/** The head and the tabs of one volume's pages; one that is gone says so. */
export function VolumeFrame({ name, children }: { name: string; children: (volume: Volume) => ReactNode }) {
  const volume = useVolumes().find((each) => each.name === name)
  const isLoaded = useIsLoaded()
  if (!volume) return <ResourceGone isLoaded={isLoaded} noun="volume" name={name} listHref={pages.volumes} />
  return (
    <>
      <VolumeHeader volume={volume} />
      <TabsNav
        label="Volume"
        tabs={[
          { href: pages.volume(name), label: 'Overview' },
          { href: pages.volumeFiles(name), label: 'Files' },
        ]}
      />
      {children(volume)}
    </>
  )
}

function VolumeHeader({ volume }: { volume: Volume }) {
  const router = useRouter()
  const users = volumeUsers(volume.name, useContainers())
  const [isRemoving, setIsRemoving] = useState(false)
  return (
    <>
      <PageHeader
        title={volumeTitle(volume)}
        isMono={volume.isAnonymous}
        summary={
          <span className="flex items-center gap-2">
            <span>{volume.driver} volume</span>
            <VolumeBadges volume={volume} isUnused={users.length === 0} />
          </span>
        }
        actions={
          <>
            <VolumeTransfer name={volume.name} />
            <Button needs="operator" onClick={() => setIsRemoving(true)}>
              Remove…
            </Button>
          </>
        }
      />
      {isRemoving ? (
        <RemoveVolumeDialog
          volume={volume}
          onClose={() => setIsRemoving(false)}
          onRemoved={() => router.push(pages.volumes)}
        />
      ) : null}
    </>
  )
}
