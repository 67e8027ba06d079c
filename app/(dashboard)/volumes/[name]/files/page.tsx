import type { Metadata } from 'next'
import { VolumeFilesPage } from '#components/volumes/volume-files-page'
import { requirePageSession } from '#server/auth/page-session'

export const metadata: Metadata = { title: 'Files of a volume' }

export default async function Page({ params }: { params: Promise<{ name: string }> }) {
  await requirePageSession()
  return <VolumeFilesPage name={decodeURIComponent((await params).name)} />
}
