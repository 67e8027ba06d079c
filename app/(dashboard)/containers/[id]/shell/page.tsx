import type { Metadata } from 'next'
import { ShellTab } from '#components/exec/shell-tab'
import { requirePageSession } from '#server/auth/page-session'
import { pageTitle } from '#server/auth/page-title'

interface Props {
  params: Promise<{ id: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageTitle('container', (await params).id, 'shell')
}

export default async function ShellPage({ params }: Props) {
  await requirePageSession()
  const { id } = await params
  return <ShellTab key={id} containerId={id} />
}
