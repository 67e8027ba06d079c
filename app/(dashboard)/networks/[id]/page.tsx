import type { Metadata } from 'next'
import { NetworkPage } from '#components/networks/network-page'

export const metadata: Metadata = { title: 'Network' }

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <NetworkPage id={(await params).id} />
}
