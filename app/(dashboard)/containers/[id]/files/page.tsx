import type { Metadata } from 'next'
import { ContainerFiles } from '#components/files/container-files'
import { OnlyFor } from '#components/ui/only-for'
import { requirePageSession } from '#server/auth/page-session'

export const metadata: Metadata = { title: 'Files' }

export default async function FilesPage({ params }: { params: Promise<{ id: string }> }) {
  await requirePageSession()
  const { id } = await params
  return (
    <OnlyFor need="look" title="Files are for operators">
      <ContainerFiles key={id} id={id} />
    </OnlyFor>
  )
}
