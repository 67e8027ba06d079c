import type { Metadata } from 'next'
import { ProjectLogs } from '#components/logs/log-pages'
import { requirePageSession } from '#server/auth/page-session'

interface Props {
  params: Promise<{ project: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${decodeURIComponent((await params).project)} logs` }
}

export default async function ProjectLogsPage({ params }: Props) {
  await requirePageSession()
  return <ProjectLogs name={decodeURIComponent((await params).project)} />
}
