import type { Metadata } from 'next'
import { CleanupPage } from '#components/cleanup/cleanup-page'
import { OnlyFor } from '#components/ui/only-for'
import { requirePageSession } from '#server/auth/page-session'

export const metadata: Metadata = { title: 'Clean up' }

export default async function Page() {
  await requirePageSession()
  return (
    <OnlyFor need="whole" title="Cleaning up concerns the whole Engine">
      <CleanupPage />
    </OnlyFor>
  )
}
