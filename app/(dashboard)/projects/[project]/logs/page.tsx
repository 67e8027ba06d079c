import type { Metadata } from 'next'
import { ProjectLogs } from '#components/logs/log-pages'
import { requirePageSession } from '#server/auth/page-session'

export const metadata: Metadata = { title: 'Logs' }

export default async function ProjectLogsPage({ params }: { params: Promise<{ project: string }> }) {
  await requirePageSession()
  return <ProjectLogs name={(await params).project} />
}
