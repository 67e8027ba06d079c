import type { Metadata } from 'next'
import { CleanupPage } from '#components/cleanup/cleanup-page'
import { requirePageSession } from '#server/auth/page-session'

export const metadata: Metadata = { title: 'Clean up' }

export default async function Page() {
  await requirePageSession()
  return <CleanupPage />
}
