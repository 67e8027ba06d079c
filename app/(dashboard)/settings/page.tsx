import type { Metadata } from 'next'
import { AccountPage } from '#components/settings/account-page'
import { requirePageSession } from '#server/auth/page-session'
import { readPerson } from '#server/auth/people/people'

export const metadata: Metadata = { title: 'Your account' }

export default async function Page() {
  const session = await requirePageSession()
  return <AccountPage hasPassword={readPerson(session.userId).origin === 'local'} />
}
