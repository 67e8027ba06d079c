import type { Metadata } from 'next'
import { ContainersPage } from '#components/containers/containers-page'
import { requirePageSession } from '#server/auth/page-session'

export const metadata: Metadata = { title: 'Containers' }

export default async function Page() {
  await requirePageSession()
  return <ContainersPage />
}
