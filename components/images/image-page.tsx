'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useContainers, useImages, useIsLoaded } from '#components/live/hooks'
import { Button, LinkButton } from '#components/ui/button'
import { CommandLine } from '#components/ui/command-line'
import { ErrorPanel } from '#components/ui/error-panel'
import { Section } from '#components/ui/facts'
import { PageBody, PageHeader } from '#components/ui/page-header'
import { useNowMs } from '#components/ui/relative-time'
import { ResourceGone } from '#components/ui/resource-gone'
import { SkeletonRows } from '#components/ui/skeleton'
import { State } from '#components/ui/state'
import { pages } from '#lib/api/paths'
import { command } from '#lib/docker/command'
import type { Container } from '#lib/docker/containers/container'
import { fullWords } from '#lib/docker/containers/container-words'
import type { Image } from '#lib/docker/images/image'
import { imageName, usersByImage } from '#lib/docker/images/image-users'
import { formatBytes } from '#lib/format/bytes'
import { AnalysisSection } from './analysis/analysis-section.tsx'
import { CompareMenu } from './analysis/compare-menu.tsx'
import { imageDetailQuery } from './calls.ts'
import { ImageConfigFacts } from './image-config.tsx'
import { ImageBadges, ImageTitle } from './image-words.tsx'
import { LayerList } from './layer-list.tsx'
import { RemoveImagesDialog } from './remove-images-dialog.tsx'
import { TagDialog } from './tag-dialog.tsx'
import { TagList } from './tag-list.tsx'

/** One image by a name of it, or by the beginning of its id, as `docker images` prints either. */
export function ImagePage({ named }: { named: string }) {
  const images = useImages()
  const id = named.replace(/^sha256:/, '')
  const image =
    images.find(({ tags }) => tags.includes(named) || tags.includes(`${named}:latest`)) ??
    images.find((each) => each.id.replace(/^sha256:/, '').startsWith(id))
  const isLoaded = useIsLoaded()
  if (!image) return <ResourceGone isLoaded={isLoaded} noun="image" name={named} listHref={pages.images} />
  return <KnownImage image={image} />
}

function KnownImage({ image }: { image: Image }) {
  const router = useRouter()
  const users = usersByImage(useContainers()).get(image.id) ?? []
  const detail = useQuery(imageDetailQuery(image.id))
  const [asked, setAsked] = useState<'tag' | 'remove' | null>(null)
  const toList = () => router.push(pages.images)
  return (
    <>
      <PageHeader
        title={<ImageTitle image={image} />}
        summary={
          <span className="flex items-center gap-2">
            <span>
              {formatBytes(image.sizeBytes)}
              {detail.data ? `, ${detail.data.platform}` : ''}
            </span>
            <ImageBadges image={image} isUnused={users.length === 0} />
          </span>
        }
        actions={
          <>
            <CompareMenu image={image} />
            <Button needs="engine" onClick={() => setAsked('tag')}>
              Tag…
            </Button>
            <Button needs="engine" onClick={() => setAsked('remove')}>
              Remove…
            </Button>
            <LinkButton tone="primary" needs="engine" href={pages.runImage(imageName(image))}>
              Run
            </LinkButton>
          </>
        }
      />
      <PageBody>
        <div className="grid gap-7">
          <div className="grid gap-x-10 gap-y-7 @[60rem]/body:grid-cols-2">
            <Section title="Names">
              <TagList image={image} onGone={toList} />
            </Section>
            <Section title="Used by">
              <UserList users={users} />
            </Section>
          </div>
          {detail.isError ? (
            <ErrorPanel error={detail.error} onRetry={() => void detail.refetch()} />
          ) : detail.data ? (
            <>
              <LayerList layers={detail.data.layers} />
              <AnalysisSection key={image.id} image={image} />
              <ImageConfigFacts detail={detail.data} />
            </>
          ) : (
            <SkeletonRows label="Reading the image" count={10} />
          )}
        </div>
      </PageBody>
      <CommandLine command={command.imageHistory(imageName(image))} />
      {asked === 'tag' ? <TagDialog image={image} onClose={() => setAsked(null)} /> : null}
      {asked === 'remove' ? (
        <RemoveImagesDialog
          rows={[{ image, users, uniqueBytes: null }]}
          onClose={() => setAsked(null)}
          onRemoved={toList}
        />
      ) : null}
    </>
  )
}

function UserList({ users }: { users: readonly Container[] }) {
  const nowMs = useNowMs()
  if (users.length === 0)
    return <p className="text-muted">No container, running or stopped, was made from it.</p>
  return (
    <ul className="grid gap-1">
      {users.map((container) => {
        const { tone, text } = fullWords(container, nowMs)
        return (
          <li key={container.id} className="flex min-w-0 gap-4">
            <Link
              href={pages.container(container.id)}
              prefetch={false}
              className="min-w-0 truncate font-medium hover:underline"
            >
              {container.name}
            </Link>
            <State tone={tone}>
              <span suppressHydrationWarning>{text}</span>
            </State>
          </li>
        )
      })}
    </ul>
  )
}
