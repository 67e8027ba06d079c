import type { Metadata } from 'next'
import { ProjectLogs } from '#components/logs/log-pages'
import { RecordingNotice } from '#components/logs/recording-notice'
import { requirePageSession } from '#server/auth/page-session'

interface Props {
  params: Promise<{ project: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${decodeURIComponent((await params).project)} logs` }
}

export default async function ProjectLogsPage({ params }: Props) {
  await requirePageSession()
  return (
    <>
      <RecordingNotice />
      <ProjectLogs name={decodeURIComponent((await params).project)} />
    </>
  )
}
