import type { Metadata } from 'next'
import { ContainerLogs } from '#components/logs/log-pages'
import { requirePageSession } from '#server/auth/page-session'

export const metadata: Metadata = { title: 'Logs' }

export default async function ContainerLogsPage({ params }: { params: Promise<{ id: string }> }) {
  await requirePageSession()
  return <ContainerLogs id={(await params).id} />
}
