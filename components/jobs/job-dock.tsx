'use client'

import { ChevronDown, ChevronUp, X } from 'lucide-react'
import dynamic from 'next/dynamic'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { Bar } from '#components/ui/bar'
import { IconButton } from '#components/ui/icon-button'
import { useNowMs } from '#components/ui/relative-time'
import { pages } from '#lib/api/paths'
import { cx } from '#lib/format/cx'
import { isEnded, type Job } from '#lib/jobs/job'
import { jobSentence } from '#lib/jobs/job-words'
import { CancelButton } from './cancel-button.tsx'
import { JobImageLink } from './job-image-link.tsx'
import { JobMark } from './job-mark.tsx'
import { putAway, toggleJob, useJobsFeed, useKnownJobs } from './jobs-store.tsx'
import { useJob } from '#components/live/use-job'

const maxRows = 3

// Comes when steps are looked at.
const JobBody = dynamic(() => import('./job-body.tsx').then((module) => module.JobBody), { ssr: false })

/** At the foot of every page: what waits or runs now, and how it ended, until it is put away. */
export function JobDock() {
  useJobsFeed()
  const { jobs, docked, inPlace, open } = useKnownJobs()
  const pathname = usePathname()
  const shown = docked
    .flatMap((id) => jobs.get(id) ?? [])
    // Its own page, or the place where its result belongs, shows it already.
    .filter(({ id }) => pathname !== pages.job(id) && !inPlace.has(id))
  const rows = shown.slice(-maxRows)
  if (rows.length === 0) return null
  return (
    <section aria-label="Jobs" className="shrink-0 divide-y divide-line border-t border-line bg-panel">
      {shown.length > rows.length ? (
        <p className="px-4 py-1 text-xs text-muted sm:px-6">
          {shown.length - rows.length} more in{' '}
          <Link href={pages.activity} className="text-accent hover:underline">
            Activity
          </Link>
        </p>
      ) : null}
      {rows.map((job) => (
        <DockRow
          key={job.id}
          job={job}
          first={job.waitsFor ? (jobs.get(job.waitsFor) ?? null) : null}
          isOpen={open === job.id}
        />
      ))}
    </section>
  )
}

function DockRow({ job, first, isOpen }: { job: Job; first: Job | null; isOpen: boolean }) {
  const nowMs = useNowMs()
  const { log, error } = useJob(job.id)
  const { done, total, fraction } = log.progress()
  return (
    <div className={cx('flex flex-col', isOpen && 'max-h-[min(46dvh,420px)]')}>
      <div className="flex min-h-9 shrink-0 items-center gap-2 px-4 py-0.5 sm:px-6" data-job={job.id}>
        <JobMark state={job.state} />
        <Link
          href={pages.job(job.id)}
          className="shrink-0 font-medium hover:underline max-sm:max-w-[40%] max-sm:truncate"
        >
          {job.title}
        </Link>
        <span
          // Read out when it has ended, not every second while it runs.
          role={isEnded(job) ? 'status' : undefined}
          className={cx('min-w-0 truncate text-xs', job.state === 'failed' ? 'text-bad' : 'text-muted')}
          suppressHydrationWarning
        >
          {jobSentence(job, nowMs, first)}
        </span>
        <span className="ml-auto flex shrink-0 items-center gap-2">
          {job.state === 'running' && total > 0 ? (
            <span className="flex items-center gap-2 text-xs text-faint tabular-nums max-sm:hidden">
              <span className="w-24">
                <Bar fraction={fraction} label={job.title} />
              </span>
              {done} of {total}
            </span>
          ) : null}
          <JobImageLink job={job} />
          {isEnded(job) ? null : <CancelButton job={job} />}
          <IconButton
            label={isOpen ? `Hide the steps of ${job.title}` : `Show the steps of ${job.title}`}
            icon={isOpen ? ChevronDown : ChevronUp}
            onClick={() => toggleJob(job.id)}
            aria-expanded={isOpen}
          />
          {isEnded(job) ? (
            <IconButton label={`Put ${job.title} away`} icon={X} onClick={() => putAway(job.id)} />
          ) : null}
        </span>
      </div>
      {isOpen ? (
        <div className="flex min-h-0 flex-1 flex-col px-4 pb-3 sm:px-6">
          <JobBody log={log} error={error} />
        </div>
      ) : null}
    </div>
  )
}
