'use client'

import { ErrorPanel } from '#components/ui/error-panel'
import { PageBody, PageHeader } from '#components/ui/page-header'

/** In place of a page that threw: the frame stays, and everything else with it. */
export function PageFault({ error, onRetry }: { error: Error; onRetry: () => void }) {
  return (
    <>
      <PageHeader title="This page broke" />
      <PageBody>
        <div className="grid max-w-2xl gap-3 pt-2">
          <ErrorPanel error={error} onRetry={onRetry} />
          <p className="text-muted">Your containers are not touched by this; only their picture is.</p>
        </div>
      </PageBody>
    </>
  )
}
