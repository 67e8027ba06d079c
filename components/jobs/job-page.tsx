'use client'

import Link from 'next/link'
import { CommandLine } from '#components/ui/command-line'
import { LinkButton } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { PageBody, PageHeader } from '#components/ui/page-header'
import { RelativeTime, useNowMs } from '#components/ui/relative-time'
import { SkeletonRows } from '#components/ui/skeleton'
import { pages } from '#lib/api/paths'
import { cx } from '#lib/format/cx'
import { isEnded, type Job } from '#lib/jobs/job'
import { jobSentence } from '#lib/jobs/job-words'
import { CancelButton } from './cancel-button.tsx'
import { JobBody } from './job-body.tsx'
import { JobImageLink } from './job-image-link.tsx'
import { JobMark } from './job-mark.tsx'
import { useKnownJobs } from './jobs-store.tsx'
import { useJob } from '#components/live/use-job'

/** One job with everything it said, running or long ended. */
export function JobPage({ id }: { id: string }) {
  const { log, error } = useJob(id)
  const { jobs } = useKnownJobs()
  const { job } = log
  if (error?.code === 'not_found')
    return (
      <EmptyState
        title="There is no such job"
        action={<LinkButton href={pages.activity}>Activity</LinkButton>}
      >
        The oldest jobs are forgotten to make room.
      </EmptyState>
    )
  if (job === null)
    return (
      <PageBody>
        <SkeletonRows label="Reading the job" />
      </PageBody>
    )
  return (
    <>
      <PageHeader
        title={job.title}
        mark={<JobMark state={job.state} />}
        summary={<Sentence job={job} first={job.waitsFor ? (jobs.get(job.waitsFor) ?? null) : null} />}
        actions={isEnded(job) ? null : <CancelButton job={job} />}
      />
      <PageBody isFlush>
        <div className="flex min-h-0 flex-1 flex-col gap-2 px-4 pb-4 sm:px-6">
          <p className="shrink-0 text-xs text-faint">
            started by {job.who} <RelativeTime atMs={job.createdAtMs} />
            {job.project === null ? null : (
              <>
                {' in '}
                <Link
                  href={pages.project(job.project)}
                  className="text-muted hover:text-text hover:underline"
                >
                  {job.project}
                </Link>
              </>
            )}
            {job.exitCode === null ? null : `, exit code ${job.exitCode}`} <JobImageLink job={job} />
          </p>
          <JobBody log={log} error={error} />
        </div>
      </PageBody>
      <CommandLine command={job.command} />
    </>
  )
}

function Sentence({ job, first }: { job: Job; first: Job | null }) {
  return (
    <span className={cx(job.state === 'failed' && 'text-bad')} suppressHydrationWarning>
      {jobSentence(job, useNowMs(), first)}
    </span>
  )
}
