import type { Metadata } from 'next'
import { AuditPage } from '#components/settings/audit-page'
import { requirePageSession } from '#server/auth/page-session'

export const metadata: Metadata = { title: 'Audit' }

export default async function Page() {
  await requirePageSession()
  return <AuditPage />
}
