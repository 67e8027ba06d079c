import type { Metadata } from 'next'
import { UsersPage } from '#components/settings/users-page'
import { requirePageSession } from '#server/auth/page-session'

export const metadata: Metadata = { title: 'Users' }

export default async function Page() {
  await requirePageSession()
  return <UsersPage />
}
