import type { Metadata } from 'next'
import { Activity } from '#components/jobs/activity'
import { PageHeader } from '#components/ui/page-header'
import { requirePageSession } from '#server/auth/page-session'

export const metadata: Metadata = { title: 'Activity' }

export default async function ActivityPage() {
  await requirePageSession()
  return (
    <>
      <PageHeader title="Activity" summary="every long action, and what it printed" />
      <Activity project={null} />
    </>
  )
}
