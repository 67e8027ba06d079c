import type { Metadata } from 'next'
import { HistoryPage } from '#components/settings/history/history-page'
import { requirePageSession } from '#server/auth/page-session'

export const metadata: Metadata = { title: 'Log archive' }

export default async function Page() {
  await requirePageSession()
  return <HistoryPage />
}
