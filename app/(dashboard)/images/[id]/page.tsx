import type { Metadata } from 'next'
import { ImagePage } from '#components/images/image-page'
import { requirePageSession } from '#server/auth/page-session'
import { pageTitle } from '#server/auth/page-title'

interface Props {
  params: Promise<{ id: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageTitle('image', decodeURIComponent((await params).id).replace(/^sha256:/, ''))
}

export default async function Page({ params }: Props) {
  await requirePageSession()
  return <ImagePage named={decodeURIComponent((await params).id)} />
}
