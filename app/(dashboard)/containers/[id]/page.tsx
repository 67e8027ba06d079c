import type { Metadata } from 'next'
import { ContainerTab } from '#components/inspect/container-tab'
import { requirePageSession } from '#server/auth/page-session'
import { pageTitle } from '#server/auth/page-title'

interface Props {
  params: Promise<{ id: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageTitle('container', (await params).id)
}

export default async function ContainerPage({ params }: Props) {
  await requirePageSession()
  return <ContainerTab id={(await params).id} tab="overview" />
}
