import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ContainerTab } from '#components/inspect/container-tab'
import { containerTabs } from '#lib/api/paths'
import { requirePageSession } from '#server/auth/page-session'
import { pageTitle } from '#server/auth/page-title'

interface Props {
  params: Promise<{ id: string; tab: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id, tab } = await params
  return pageTitle('container', id, tab)
}

export default async function ContainerTabPage({ params }: Props) {
  await requirePageSession()
  const { id, tab } = await params
  const known = containerTabs.find((name) => name === tab)
  // Logs, shell and files have pages of their own.
  if (!known || known === 'logs' || known === 'shell' || known === 'files') notFound()
  return <ContainerTab id={id} tab={known} />
}
