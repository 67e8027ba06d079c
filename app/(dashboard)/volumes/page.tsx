import type { Metadata } from 'next'
import { VolumesPage } from '#components/volumes/volumes-page'
import { requirePageSession } from '#server/auth/page-session'

export const metadata: Metadata = { title: 'Volumes' }

export default async function Page() {
  await requirePageSession()
  return <VolumesPage />
}
