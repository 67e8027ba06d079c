import type { Metadata } from 'next'
import { UsersPage } from '#components/settings/users-page'
import { OnlyFor } from '#components/ui/only-for'
import { requirePageSession } from '#server/auth/page-session'

export const metadata: Metadata = { title: 'Users' }

export default async function Page() {
  await requirePageSession()
  return (
    <OnlyFor need="people" title="Users are for admins">
      <UsersPage />
    </OnlyFor>
  )
}
