'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { historyQuery } from '#components/live/kept-logs'
import { useRefusal } from '#components/ui/abilities'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { ErrorPanel } from '#components/ui/error-panel'
import { Section } from '#components/ui/facts'
import { PageBody } from '#components/ui/page-header'
import { SkeletonRows } from '#components/ui/skeleton'
import { notify } from '#components/ui/toast'
import type { HistoryProjectUse } from '#lib/api/history'
import { queryKeys } from '#lib/api/query-keys'
import { formatBytes } from '#lib/format/bytes'
import { deleteKept, setRecorded } from './calls.ts'
import { KeptTable } from './kept-table.tsx'
import { LimitsForm } from './limits-form.tsx'
import { RecordingFacts } from './recording-facts.tsx'

/** The log archive: how it goes, how much it may take, and of which projects it keeps the logs. */
export function HistoryPage() {
  const { data: overview, error, refetch } = useQuery(historyQuery)
  const queries = useQueryClient()
  const mayChange = useRefusal('operator') === null
  const [deleting, setDeleting] = useState<HistoryProjectUse | null>(null)
  const refresh = () => queries.invalidateQueries({ queryKey: queryKeys.history })
  const onSwitch = ({ project }: HistoryProjectUse, isRecorded: boolean) => {
    setRecorded(project, isRecorded).then(refresh, (cause: unknown) =>
      notify.error('Recording could not be switched', cause),
    )
  }
  return (
    <PageBody>
      <div className="grid gap-7 pt-3">
        <p className="max-w-2xl text-muted">
          Docker throws a log away with its container. Composure keeps it: after a recreate the log of a
          service goes on, and after <code className="font-mono text-xs">docker compose down</code> it can
          still be read and searched.
        </p>
        {error ? <ErrorPanel error={error} onRetry={() => void refetch()} /> : null}
        {!overview && !error ? <SkeletonRows label="Reading the archive" count={4} /> : null}
        {overview ? (
          <>
            <RecordingFacts overview={overview} />
            <Section title="Limits">
              <LimitsForm limits={overview.settings.limits} onSaved={() => void refresh()} />
            </Section>
            <Section title="Projects">
              <KeptTable
                projects={overview.projects}
                mayChange={mayChange}
                onSwitch={onSwitch}
                onDelete={setDeleting}
              />
            </Section>
          </>
        ) : null}
      </div>
      {deleting ? (
        <ConfirmDialog
          isOpen
          onOpenChange={() => setDeleting(null)}
          title={`Delete the kept logs of ${deleting.project}?`}
          loses={[
            `${deleting.lineCount.toLocaleString('en')} lines (${formatBytes(deleting.storedBytes)}); those of containers that are gone exist nowhere else.`,
          ]}
          keeps={['What the Engine itself still has of its running containers.']}
          confirmLabel="Delete"
          onConfirm={async () => {
            await deleteKept(deleting.project)
            await refresh()
          }}
        />
      ) : null}
    </PageBody>
  )
}
