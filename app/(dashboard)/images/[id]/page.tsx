import type { Metadata } from 'next'
import { ImagePage } from '#components/images/image-page'
import { requirePageSession } from '#server/auth/page-session'

export const metadata: Metadata = { title: 'Image' }

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  await requirePageSession()
  return <ImagePage id={(await params).id} />
}
