import type { Metadata } from 'next'
import { JobPage } from '#components/jobs/job-page'
import { requirePageSession } from '#server/auth/page-session'

export const metadata: Metadata = { title: 'Job' }

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  await requirePageSession()
  return <JobPage id={(await params).id} />
}
