import type { Metadata } from 'next'
import { NetworkPage } from '#components/networks/network-page'
import { requirePageSession } from '#server/auth/page-session'
import { pageTitle } from '#server/auth/page-title'

interface Props {
  params: Promise<{ id: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageTitle('network', (await params).id)
}

export default async function Page({ params }: Props) {
  await requirePageSession()
  return <NetworkPage id={(await params).id} />
}
