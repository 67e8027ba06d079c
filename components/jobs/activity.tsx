'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { BuildList } from '#components/builds/build-list'
import { Button } from '#components/ui/button'
import { CommandLine } from '#components/ui/command-line'
import { EmptyState } from '#components/ui/empty-state'
import { ErrorPanel } from '#components/ui/error-panel'
import { PageBody } from '#components/ui/page-header'
import { RelativeTime, useNowMs } from '#components/ui/relative-time'
import { SkeletonRows } from '#components/ui/skeleton'
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '#components/ui/table'
import { getJson } from '#lib/api/client'
import { pages, paths } from '#lib/api/paths'
import { queryKeys } from '#lib/api/query-keys'
import { command } from '#lib/docker/command'
import { formatSpan } from '#lib/format/time'
import { type Job, type JobPage, jobSpanMs } from '#lib/jobs/job'
import { jobStateWords } from '#lib/jobs/job-words'
import { JobMark } from './job-mark.tsx'
import { useKnownJobs } from './jobs-store.tsx'

/** Every long action, newest first: of one project, or of all. */
export function Activity({ project }: { project: string | null }) {
  const { jobs: live } = useKnownJobs()
  const history = useInfiniteQuery({
    queryKey: queryKeys.jobs(project),
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ limit: '50' })
      if (project !== null) query.set('project', project)
      if (pageParam !== '') query.set('before', pageParam)
      return getJson<JobPage>(`${paths.jobs}?${query.toString()}`, { signal })
    },
    getNextPageParam: ({ nextBefore }) => nextBefore,
    staleTime: 0,
  })
  const read = history.data?.pages.flatMap(({ jobs }) => jobs) ?? []
  const jobs = merge(
    read,
    [...live.values()].filter((job) => project === null || job.project === project),
  )
  return (
    <>
      <PageBody>
        <BuildList project={project} />
        {history.error ? <ErrorPanel error={history.error} onRetry={() => void history.refetch()} /> : null}
        {history.isPending && jobs.length === 0 ? <SkeletonRows label="Reading the history" /> : null}
        {jobs.length > 0 ? <JobTable jobs={jobs} isProjectShown={project === null} /> : null}
        {jobs.length === 0 && history.isSuccess ? <Nothing project={project} /> : null}
        {history.hasNextPage ? (
          <div className="pt-3">
            <Button isPending={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
              Older
            </Button>
          </div>
        ) : null}
      </PageBody>
      <CommandLine command={project === null ? command.events() : command.composePs(project)} />
    </>
  )
}

/** What was read, with what is known newer than that. */
function merge(read: readonly Job[], live: readonly Job[]): Job[] {
  const byId = new Map([...read, ...live].map((job) => [job.id, job]))
  return [...byId.values()].sort((a, b) => (a.id < b.id ? 1 : -1))
}

function JobTable({ jobs, isProjectShown }: { jobs: readonly Job[]; isProjectShown: boolean }) {
  return (
    <Table label="Jobs">
      <TableHead>
        <HeadCell>Job</HeadCell>
        <HeadCell>Result</HeadCell>
        {isProjectShown ? <HeadCell>Project</HeadCell> : null}
        <HeadCell>By</HeadCell>
        <HeadCell align="end">Took</HeadCell>
        <HeadCell align="end">When</HeadCell>
      </TableHead>
      <TableBody>
        {jobs.map((job) => (
          <JobRow key={job.id} job={job} isProjectShown={isProjectShown} />
        ))}
      </TableBody>
    </Table>
  )
}

function JobRow({ job, isProjectShown }: { job: Job; isProjectShown: boolean }) {
  const spanMs = jobSpanMs(job, useNowMs())
  return (
    <Row data-job={job.id}>
      <Cell narrow="title">
        <span className="flex min-w-0 items-center gap-2">
          <JobMark state={job.state} />
          <Link href={pages.job(job.id)} prefetch={false} className="truncate font-medium hover:underline">
            {job.title}
          </Link>
        </span>
      </Cell>
      <Cell className="max-w-[42ch] truncate" title={job.result}>
        <span className={job.state === 'failed' ? 'text-bad' : 'text-muted'}>
          {job.result === '' ? jobStateWords[job.state] : job.result}
        </span>
      </Cell>
      {isProjectShown ? (
        <Cell>
          {job.project === null ? (
            <span className="text-faint max-sm:hidden">–</span>
          ) : (
            <Link href={pages.project(job.project)} prefetch={false} className="text-muted hover:underline">
              {job.project}
            </Link>
          )}
        </Cell>
      ) : null}
      <Cell className="text-muted">{job.who}</Cell>
      <Cell align="end" suppressHydrationWarning>
        {spanMs === null ? <span className="text-faint">–</span> : formatSpan(spanMs)}
      </Cell>
      <Cell align="end" narrow="end" className="text-muted">
        <RelativeTime atMs={job.createdAtMs} />
      </Cell>
    </Row>
  )
}

function Nothing({ project }: { project: string | null }) {
  return (
    <EmptyState
      title="Nothing was run from here yet"
      commands={[
        project === null
          ? ['docker', 'compose', 'up', '-d']
          : ['docker', 'compose', '-p', project, 'up', '-d'],
      ]}
    >
      Up, down, builds, pulls and other long actions are listed here, with who started them and everything
      they printed. In a terminal it would be:
    </EmptyState>
  )
}
