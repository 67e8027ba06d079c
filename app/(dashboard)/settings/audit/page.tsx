import type { Metadata } from 'next'
import { AuditPage } from '#components/settings/audit-page'
import { OnlyFor } from '#components/ui/only-for'
import { requirePageSession } from '#server/auth/page-session'

export const metadata: Metadata = { title: 'Audit' }

export default async function Page() {
  await requirePageSession()
  return (
    <OnlyFor need="people" title="The audit is for admins">
      <AuditPage />
    </OnlyFor>
  )
}
