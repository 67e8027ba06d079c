'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { JobMark } from '#components/jobs/job-mark'
import { useKnownJobs } from '#components/jobs/jobs-store'
import { ErrorPanel } from '#components/ui/error-panel'
import { RelativeTime } from '#components/ui/relative-time'
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '#components/ui/table'
import { pages } from '#lib/api/paths'
import { type BuildRecord, sizeWords } from '#lib/builds/build-record'
import { formatBytes } from '#lib/format/bytes'
import { formatSpan } from '#lib/format/time'
import { isEnded } from '#lib/jobs/job'
import { buildsQuery } from './calls.ts'

/** The builds of a project's services (null: of folders of no project), newest first, each beside the one before; nothing while there are none. */
export function BuildList({ project }: { project: string | null }) {
  const { jobs } = useKnownJobs()
  const ended = [...jobs.values()].filter((job) => job.project === project && isEnded(job)).length
  const { data, error } = useQuery({ ...buildsQuery(project, ended), placeholderData: keepPreviousData })
  if (error) return <ErrorPanel error={error} />
  if (!data || data.builds.length === 0) return null
  return (
    <section aria-label="Builds" className="pt-3 pb-4">
      <h2 className="pb-1 text-xs font-medium text-muted">Builds</h2>
      <div className="max-h-72 overflow-y-auto">
        <Table label="Builds">
          <TableHead>
            <HeadCell>{project === null ? 'Image' : 'Service'}</HeadCell>
            <HeadCell>Steps</HeadCell>
            <HeadCell>Size</HeadCell>
            <HeadCell align="end">Took</HeadCell>
            <HeadCell align="end">When</HeadCell>
          </TableHead>
          <TableBody>
            {data.builds.map((build) => (
              <BuildRow key={`${build.jobId} ${build.service}`} build={build} />
            ))}
          </TableBody>
        </Table>
      </div>
    </section>
  )
}

function BuildRow({ build }: { build: BuildRecord }) {
  const { jobId, service, outcome, steps, cached, imageId, sizeBytes, durationMs, endedAtMs } = build
  return (
    <Row>
      <Cell narrow="title">
        <span className="flex min-w-0 items-center gap-2">
          <JobMark state={outcome} />
          <Link href={pages.job(jobId)} prefetch={false} className="truncate font-medium hover:underline">
            {service}
          </Link>
        </span>
      </Cell>
      <Cell className="tabular-nums">
        {steps === 0 ? <span className="text-faint">–</span> : `${cached} of ${steps} cached`}
      </Cell>
      <Cell className="tabular-nums" title={imageId}>
        {sizeBytes === null ? (
          <span className={outcome === 'failed' ? 'text-bad' : 'text-faint'}>
            {outcome === 'done' ? '–' : outcome}
          </span>
        ) : (
          <>
            {formatBytes(sizeBytes)} <span className="text-muted">{sizeWords(build).join('')}</span>
          </>
        )}
      </Cell>
      <Cell align="end">{formatSpan(durationMs)}</Cell>
      <Cell align="end" narrow="end" className="text-muted">
        <RelativeTime atMs={endedAtMs} />
      </Cell>
    </Row>
  )
}
