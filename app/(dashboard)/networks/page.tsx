import type { Metadata } from 'next'
import { NetworksPage } from '#components/networks/networks-page'
import { requirePageSession } from '#server/auth/page-session'

export const metadata: Metadata = { title: 'Networks' }

export default async function Page() {
  await requirePageSession()
  return <NetworksPage />
}
