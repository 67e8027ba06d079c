import type { Metadata } from 'next'
import { ContainerLogs } from '#components/logs/log-pages'
import { requirePageSession } from '#server/auth/page-session'
import { pageTitle } from '#server/auth/page-title'

interface Props {
  params: Promise<{ id: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageTitle('container', (await params).id, 'logs')
}

export default async function ContainerLogsPage({ params }: Props) {
  await requirePageSession()
  return <ContainerLogs id={(await params).id} />
}
