import type { Metadata } from 'next'
import { VolumePage } from '#components/volumes/volume-page'

export const metadata: Metadata = { title: 'Volume' }

export default async function Page({ params }: { params: Promise<{ name: string }> }) {
  return <VolumePage name={decodeURIComponent((await params).name)} />
}
