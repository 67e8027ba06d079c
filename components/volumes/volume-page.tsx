'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useDiskUsage } from '#components/live/disk-usage'
import { useContainers } from '#components/live/hooks'
import { Button } from '#components/ui/button'
import { Bytes } from '#components/ui/bytes'
import { CommandLine } from '#components/ui/command-line'
import { CopyButton } from '#components/ui/copy-button'
import { ErrorPanel } from '#components/ui/error-panel'
import { Fact, Facts, Section } from '#components/ui/facts'
import { KeyValues } from '#components/ui/key-values'
import { PageBody } from '#components/ui/page-header'
import { RelativeTime } from '#components/ui/relative-time'
import { Skeleton } from '#components/ui/skeleton'
import { pages } from '#lib/api/paths'
import { command } from '#lib/docker/command'
import type { Volume } from '#lib/docker/volumes/volume'
import { downEffect, volumeUsers } from '#lib/docker/volumes/volume-users'
import { volumeDetailQuery } from './calls.ts'
import { VolumeFrame } from './volume-frame.tsx'
import { VolumeUserTable } from './volume-user-table.tsx'

export function VolumePage({ name }: { name: string }) {
  return <VolumeFrame name={name}>{(volume) => <VolumeOverview volume={volume} />}</VolumeFrame>
}

function VolumeOverview({ volume }: { volume: Volume }) {
  const users = volumeUsers(volume.name, useContainers())
  const effect = downEffect(volume, users)
  return (
    <>
      <PageBody>
        <div className="pt-3" />
        <Section title="Used by">
          {users.length === 0 ? (
            <p className="text-muted">
              No container mounts it, running or stopped. Its data stays until it is removed.
            </p>
          ) : (
            <VolumeUserTable users={users} />
          )}
        </Section>
        <div className="mt-7 grid gap-x-10 gap-y-7 @[60rem]/body:grid-cols-2">
          <VolumeFacts volume={volume} />
          <Section title="What down does to it">
            <Facts>
              <Fact name={<code className="font-mono text-xs">down</code>}>{effect.down}</Fact>
              <Fact name={<code className="font-mono text-xs">down -v</code>}>
                <span className={effect.downV.startsWith('Removed') ? 'text-bad' : ''}>{effect.downV}</span>
              </Fact>
            </Facts>
          </Section>
          <VolumeDetails name={volume.name} />
        </div>
      </PageBody>
      <CommandLine command={command.volumeInspect(volume.name)} />
    </>
  )
}

function VolumeFacts({ volume }: { volume: Volume }) {
  const disk = useDiskUsage()
  return (
    <Section title="Volume">
      <Facts>
        <Fact name="Size">
          {disk.usage ? (
            <>
              <Bytes value={disk.usage.volumes.find(({ name }) => name === volume.name)?.sizeBytes ?? null} />
              <span className="text-faint">
                , measured <RelativeTime atMs={disk.usage.measuredAtMs} />
              </span>
            </>
          ) : (
            <Button needs="whole" isPending={disk.isMeasuring} onClick={disk.measure}>
              Measure
            </Button>
          )}
          {disk.error && !disk.isMeasuring ? <ErrorPanel error={disk.error} onRetry={disk.measure} /> : null}
        </Fact>
        {volume.isAnonymous ? (
          <Fact name="Name" isMono>
            {volume.name}
          </Fact>
        ) : null}
        <Fact name="Folder on the host" isMono>
          <span className="inline-flex max-w-full items-start gap-1">
            <span className="min-w-0">{volume.mountpoint || '–'}</span>
            {volume.mountpoint ? <CopyButton text={volume.mountpoint} label="Copy the folder" /> : null}
          </span>
        </Fact>
        <Fact name="Project">
          {volume.compose ? (
            <>
              <Link className="text-accent hover:underline" href={pages.project(volume.compose.project)}>
                {volume.compose.project}
              </Link>
              <span className="text-faint">, as {volume.compose.volume} in its file</span>
            </>
          ) : (
            <span className="text-faint">none</span>
          )}
        </Fact>
        <Fact name="Created">
          {volume.createdAtMs === null ? '–' : <RelativeTime atMs={volume.createdAtMs} />}
        </Fact>
      </Facts>
    </Section>
  )
}

function VolumeDetails({ name }: { name: string }) {
  const detail = useQuery(volumeDetailQuery(name))
  if (detail.isError) return <ErrorPanel error={detail.error} onRetry={() => void detail.refetch()} />
  if (!detail.data) return <Skeleton className="h-16 w-full" />
  return (
    <>
      <Section title="Labels">
        <KeyValues values={detail.data.labels} empty="None." />
      </Section>
      <Section title="Driver options">
        <KeyValues
          values={{ ...detail.data.options, ...detail.data.status }}
          empty="None: the driver's own."
        />
      </Section>
    </>
  )
}
