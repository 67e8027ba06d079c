'use client'

import { PageFault } from '#components/shell/page-fault'

export default function DashboardError({ error, reset }: { error: Error; reset: () => void }) {
  return <PageFault error={error} onRetry={reset} />
}
