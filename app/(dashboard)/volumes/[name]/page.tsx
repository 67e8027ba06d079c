import type { Metadata } from 'next'
import { VolumePage } from '#components/volumes/volume-page'
import { requirePageSession } from '#server/auth/page-session'

interface Props {
  params: Promise<{ name: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) }
}

export default async function Page({ params }: Props) {
  await requirePageSession()
  return <VolumePage name={decodeURIComponent((await params).name)} />
}
