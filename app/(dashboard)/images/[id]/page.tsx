import type { Metadata } from 'next'
import { ImagePage } from '#components/images/image-page'

export const metadata: Metadata = { title: 'Image' }

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <ImagePage id={(await params).id} />
}
