import type { Metadata } from 'next'
import { NetworkPage } from '#components/networks/network-page'
import { requirePageSession } from '#server/auth/page-session'

export const metadata: Metadata = { title: 'Network' }

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  await requirePageSession()
  return <NetworkPage id={(await params).id} />
}
