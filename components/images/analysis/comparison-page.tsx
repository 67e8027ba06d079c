'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useImages, useIsLoaded } from '#components/live/hooks'
import { JobProgress } from '#components/jobs/job-progress'
import { Button, LinkButton } from '#components/ui/button'
import { CommandLine } from '#components/ui/command-line'
import { ErrorPanel } from '#components/ui/error-panel'
import { PageBody, PageHeader } from '#components/ui/page-header'
import { ResourceGone } from '#components/ui/resource-gone'
import { SkeletonRows } from '#components/ui/skeleton'
import { pages } from '#lib/api/paths'
import type { Image } from '#lib/docker/images/image'
import { imageName } from '#lib/docker/images/image-users'
import { formatBytes } from '#lib/format/bytes'
import { comparisonQuery, startComparison } from './calls.ts'
import { ComparisonTables } from './comparison-tables.tsx'

/** What a container sees in one image and not in another, by the beginnings of their ids. */
export function ComparisonPage({ fromId, toId }: { fromId: string; toId: string }) {
  const images = useImages()
  const isLoaded = useIsLoaded()
  const find = (id: string): Image | undefined =>
    images.find((image) => image.id.replace(/^sha256:/, '').startsWith(id))
  const [from, to] = [find(fromId), find(toId)]
  if (!from || !to)
    return (
      <ResourceGone isLoaded={isLoaded} noun="image" name={from ? toId : fromId} listHref={pages.images} />
    )
  return <Comparison key={`${from.id} ${to.id}`} from={from} to={to} />
}

function Comparison({ from, to }: { from: Image; to: Image }) {
  const comparison = useQuery(comparisonQuery(from.id, to.id))
  const [jobId, setJobId] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  const start = async (): Promise<void> => {
    setError(null)
    try {
      setJobId((await startComparison(from.id, to.id)).id)
    } catch (cause) {
      setError(cause)
    }
  }
  const delta = to.sizeBytes - from.sizeBytes
  return (
    <>
      <PageHeader
        title={`${imageName(from)} → ${imageName(to)}`}
        summary={
          delta === 0
            ? 'the same size'
            : `${formatBytes(Math.abs(delta))} ${delta > 0 ? 'larger' : 'smaller'}`
        }
        actions={<LinkButton href={pages.imageComparison(to.id, from.id)}>Swap</LinkButton>}
      />
      <PageBody>
        {comparison.isError ? (
          <ErrorPanel error={comparison.error} onRetry={() => void comparison.refetch()} />
        ) : comparison.isPending ? (
          <SkeletonRows label="Looking for a comparison" count={4} />
        ) : comparison.data ? (
          <ComparisonTables comparison={comparison.data} />
        ) : (
          <div className="grid gap-3">
            <p className="max-w-[70ch] text-muted">
              File by file: what came, what went, what changed, by content. Docker first writes a copy of both
              images, {formatBytes(from.sizeBytes + to.sizeBytes)}, to its disk.
            </p>
            {jobId ? (
              <JobProgress key={jobId} id={jobId} onEnd={() => void comparison.refetch()} />
            ) : (
              <div>
                <Button tone="primary" needs="engine" onClick={() => void start()}>
                  Compare
                </Button>
              </div>
            )}
            {error ? <ErrorPanel error={error} onRetry={() => void start()} /> : null}
          </div>
        )}
      </PageBody>
      <CommandLine command={['docker', 'image', 'save', imageName(from), imageName(to)]} />
    </>
  )
}
