'use client'

import { useEffect } from 'react'
import { useLiveClient } from '#components/live/hooks'
import { Store, useStore } from '#components/ui/store'
import { isEnded, type Job } from '#lib/jobs/job'
import type { JobsMessage } from '#lib/jobs/job-event'

interface Known {
  /** By id: what waits, runs or ended lately. */
  jobs: ReadonlyMap<string, Job>
  /** Shown in the dock, in the order they came: what this page has seen waiting or running, until it is put away. */
  docked: readonly string[]
  /** Shown on the page itself just now, so not in the dock. */
  inPlace: ReadonlySet<string>
  /** The one whose steps are open in the dock. */
  open: string | null
}

const known = new Store<Known>({ jobs: new Map(), docked: [], inPlace: new Set(), open: null })

/** Follows every job while mounted: once, in the frame of the page. */
export function useJobsFeed(): void {
  const client = useLiveClient()
  useEffect(
    () =>
      client.subscribe('jobs', () => ({}), {
        // The topic's own shape: lib/jobs/job-event.ts.
        onMessage: (data) => take((data as JobsMessage).jobs),
      }),
    [client],
  )
}

function take(changed: readonly Job[]): void {
  const before = known.get()
  const jobs = new Map(before.jobs)
  for (const job of changed) jobs.set(job.id, job)
  const newcomers = changed
    .filter((job) => !isEnded(job) && !before.docked.includes(job.id))
    .map(({ id }) => id)
  known.set({ ...before, jobs, docked: [...before.docked, ...newcomers] })
}

/** Opens the steps of a job this page has just started. */
export function showJob(job: Job): void {
  // The feed may have been faster: of a job that ended at once it has told already.
  if (!known.get().jobs.has(job.id)) take([job])
  const before = known.get()
  const docked = before.docked.includes(job.id) ? before.docked : [...before.docked, job.id]
  known.set({ ...before, docked, open: job.id })
}

/** Resolves with the job once it has ended, however that comes to be known; rejects when `signal` aborts first. */
export function endOfJob(id: string, signal: AbortSignal): Promise<Job> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const job = known.get().jobs.get(id)
      if (!job || !isEnded(job)) return
      leave()
      resolve(job)
    }
    const leave = known.subscribe(look)
    signal.addEventListener(
      'abort',
      () => {
        leave()
        reject(signal.reason as Error)
      },
      { once: true },
    )
    look()
  })
}

/** Keeps a job out of the dock while the page shows it in its own place; returns how to end that. What has ended there is not told again. */
export function showInPlace(id: string): () => void {
  const before = known.get()
  known.set({ ...before, inPlace: new Set([...before.inPlace, id]) })
  return () => {
    const now = known.get()
    known.set({ ...now, inPlace: new Set([...now.inPlace].filter((each) => each !== id)) })
    const job = now.jobs.get(id)
    if (job && isEnded(job)) putAway(id)
  }
}

export function toggleJob(id: string): void {
  const before = known.get()
  known.set({ ...before, open: before.open === id ? null : id })
}

/** Takes a job out of the dock; it stays in the history. */
export function putAway(id: string): void {
  const before = known.get()
  known.set({
    ...before,
    docked: before.docked.filter((each) => each !== id),
    open: before.open === id ? null : before.open,
  })
}

export function useKnownJobs(): Known {
  return useStore(known)
}

/** How many jobs wait or run now. */
export function useActiveJobCount(): number {
  return useStore(known, ({ jobs }) => [...jobs.values()].filter((job) => !isEnded(job)).length)
}

/** The job that changes a project now, or null. */
export function useProjectJob(project: string): Job | null {
  return useStore(
    known,
    ({ jobs }) =>
      [...jobs.values()].find((job) => job.project === project && job.state === 'running') ?? null,
  )
}
