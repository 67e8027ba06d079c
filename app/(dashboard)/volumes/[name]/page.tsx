import type { Metadata } from 'next'
import { VolumePage } from '#components/volumes/volume-page'
import { requirePageSession } from '#server/auth/page-session'

export const metadata: Metadata = { title: 'Volume' }

export default async function Page({ params }: { params: Promise<{ name: string }> }) {
  await requirePageSession()
  return <VolumePage name={decodeURIComponent((await params).name)} />
}
