'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { JobProgress } from '#components/jobs/job-progress'
import { useRefusal } from '#components/ui/abilities'
import { Button } from '#components/ui/button'
import { ErrorPanel } from '#components/ui/error-panel'
import { Section } from '#components/ui/facts'
import { SkeletonRows } from '#components/ui/skeleton'
import type { Image } from '#lib/docker/images/image'
import { formatBytes } from '#lib/format/bytes'
import type { ImageAnalysis } from '#lib/images/analysis'
import { analysisQuery, startAnalysis } from './calls.ts'
import { HiddenFiles } from './hidden-files.tsx'
import { LayerShares } from './layer-shares.tsx'

const title = 'Files in the layers'

/** What the layers of an image hold, and what of it no container ever sees; read on request, for it costs the Engine something. */
export function AnalysisSection({ image }: { image: Image }) {
  const refusal = useRefusal('whole')
  if (refusal === null) return <Analysis image={image} />
  return (
    <Section title={title}>
      <p className="text-muted">{refusal}</p>
    </Section>
  )
}

function Analysis({ image }: { image: Image }) {
  const analysis = useQuery(analysisQuery(image.id))
  const [jobId, setJobId] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  const start = async (): Promise<void> => {
    setError(null)
    try {
      setJobId((await startAnalysis(image.id)).id)
    } catch (cause) {
      setError(cause)
    }
  }
  if (analysis.isError) return <ErrorPanel error={analysis.error} onRetry={() => void analysis.refetch()} />
  return (
    <Section title={title}>
      {analysis.isPending ? (
        <SkeletonRows label="Looking for an analysis" count={2} />
      ) : analysis.data ? (
        <Analysed analysis={analysis.data} />
      ) : (
        <div className="grid gap-3">
          <p className="max-w-[70ch] text-muted">
            Which files are in which layer, and which of them later layers replace or remove: bytes everybody
            pulls and no container sees. Docker first writes a copy of the image,{' '}
            {formatBytes(image.sizeBytes)}, to its disk.
          </p>
          {jobId ? (
            <JobProgress key={jobId} id={jobId} onEnd={() => void analysis.refetch()} />
          ) : (
            <div>
              <Button needs="engine" onClick={() => void start()}>
                Look into the layers
              </Button>
            </div>
          )}
          {error ? <ErrorPanel error={error} onRetry={() => void start()} /> : null}
        </div>
      )}
    </Section>
  )
}

function Analysed({ analysis }: { analysis: ImageAnalysis }) {
  const { totalBytes, wastedBytes, fileCount, diveEfficiency } = analysis
  const share = totalBytes === 0 ? 0 : wastedBytes / totalBytes
  return (
    <div className="grid gap-6">
      <p className="max-w-[70ch]">
        {wastedBytes === 0 ? (
          <>No byte is wasted: a container sees every file of every layer.</>
        ) : (
          <>
            <b className="font-medium">{formatBytes(wastedBytes)}</b> of {formatBytes(totalBytes)} (
            {percent(share)}) can be saved: later layers replace or remove these files, and they are pulled
            all the same.
          </>
        )}{' '}
        <span className="text-muted">
          {fileCount.toLocaleString('en')} files; efficiency {percent(diveEfficiency)} as dive counts it.
        </span>
      </p>
      <LayerShares analysis={analysis} />
      {analysis.hidden.length > 0 ? <HiddenFiles analysis={analysis} /> : null}
    </div>
  )
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share > 0.995 && share < 1 ? 2 : 1)} %`
}
