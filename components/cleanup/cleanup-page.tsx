'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { JobProgress } from '#components/jobs/job-progress'
import { Button } from '#components/ui/button'
import { CommandLine } from '#components/ui/command-line'
import { EmptyState } from '#components/ui/empty-state'
import { ErrorPanel } from '#components/ui/error-panel'
import { PageBody, PageHeader } from '#components/ui/page-header'
import { SkeletonRows } from '#components/ui/skeleton'
import { type CleanupItem, cleanupKinds, freedBytes } from '#lib/docker/cleanup/cleanup'
import { formatBytes } from '#lib/format/bytes'
import { cleanupQuery } from './calls.ts'
import { CleanupSection } from './cleanup-section.tsx'
import { ConfirmCleanup } from './confirm-cleanup.tsx'

const keyOf = ({ kind, id }: CleanupItem): string => `${kind} ${id}`

/** What nobody uses, how much each frees, and nothing goes that was not chosen here. */
export function CleanupPage() {
  const plan = useQuery(cleanupQuery)
  const items = plan.data?.items ?? []
  const [changed, setChanged] = useState<ReadonlyMap<string, boolean>>(new Map())
  const [isAsked, setIsAsked] = useState(false)
  const [jobId, setJobId] = useState<string | null>(null)
  const isChosen = (item: CleanupItem): boolean => changed.get(keyOf(item)) ?? item.isSafe
  const choose = (which: readonly CleanupItem[], isOn: boolean): void =>
    setChanged(new Map([...changed, ...which.map((item) => [keyOf(item), isOn] as const)]))
  const chosen = items.filter(isChosen)
  return (
    <>
      <PageHeader
        title="Clean up"
        summary={plan.data ? `${formatBytes(freedBytes(items))} could go` : null}
        actions={
          <Button isPending={plan.isFetching} onClick={() => void plan.refetch()}>
            Measure again
          </Button>
        }
      />
      <PageBody>
        {jobId ? (
          <div className="mb-6">
            <JobProgress key={jobId} id={jobId} onEnd={() => void plan.refetch()} />
          </div>
        ) : null}
        {plan.isError ? (
          <ErrorPanel error={plan.error} onRetry={() => void plan.refetch()} />
        ) : plan.isPending ? (
          <SkeletonRows label="Measuring the Engine’s disk" count={8} />
        ) : items.length === 0 ? (
          <EmptyState title="Nothing to clean up" commands={[['docker', 'system', 'df']]}>
            Every container runs, and every image, network and volume is used by one. What the Engine holds:
          </EmptyState>
        ) : (
          <div className="grid grid-cols-[minmax(0,1fr)] gap-7 pb-16">
            {cleanupKinds.map((kind) => (
              <CleanupSection
                key={kind}
                kind={kind}
                items={items.filter((item) => item.kind === kind)}
                isChosen={isChosen}
                onChoose={choose}
              />
            ))}
          </div>
        )}
      </PageBody>
      {items.length > 0 ? (
        <div className="flex shrink-0 flex-wrap items-center gap-3 border-t border-line px-4 py-2 sm:px-6">
          <span aria-live="polite">
            {chosen.length === 0
              ? 'Nothing chosen'
              : `${chosen.length} chosen, frees at least ${formatBytes(freedBytes(chosen))}`}
          </span>
          <Button
            tone="danger"
            needs="engine"
            className="ml-auto"
            disabled={chosen.length === 0}
            onClick={() => setIsAsked(true)}
          >
            Remove…
          </Button>
        </div>
      ) : null}
      <CommandLine command={['docker', 'system', 'df', '-v']} />
      {isAsked ? (
        <ConfirmCleanup items={chosen} onClose={() => setIsAsked(false)} onStarted={setJobId} />
      ) : null}
    </>
  )
}
