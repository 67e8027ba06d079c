import type { Metadata } from 'next'
import { Activity } from '#components/jobs/activity'
import { requirePageSession } from '#server/auth/page-session'

interface Props {
  params: Promise<{ project: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${decodeURIComponent((await params).project)} activity` }
}

export default async function ProjectActivityPage({ params }: Props) {
  await requirePageSession()
  return <Activity project={decodeURIComponent((await params).project)} />
}
