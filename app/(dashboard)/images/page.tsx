import type { Metadata } from 'next'
import { ImagesPage } from '#components/images/images-page'
import { requirePageSession } from '#server/auth/page-session'

export const metadata: Metadata = { title: 'Images' }

export default async function Page() {
  await requirePageSession()
  return <ImagesPage />
}
